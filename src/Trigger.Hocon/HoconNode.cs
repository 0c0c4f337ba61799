namespace Trigger.Hocon;

/// <summary>A value as it was written. Substitutions stay in the tree until somebody asks for the value behind them.</summary>
internal abstract record HoconNode(ConfigOrigin Origin)
{
    /// <summary>For messages: what kind of value this is.</summary>
    public abstract string Kind { get; }
}

/// <summary>A string, number, boolean or null. The text is kept as written; the getters give it a type.</summary>
internal sealed record ScalarNode(ConfigOrigin Origin, string Text, bool Quoted) : HoconNode(Origin)
{
    public bool IsNull => !Quoted && Text == "null";

    public override string Kind => IsNull ? "null" : "a value";
}

internal sealed record ArrayNode(ConfigOrigin Origin, List<HoconNode> Items) : HoconNode(Origin)
{
    public override string Kind => "a list";
}

/// <summary>Fields in the order in which their keys first appeared.</summary>
internal sealed record ObjectNode(ConfigOrigin Origin, Dictionary<string, HoconNode> Fields) : HoconNode(Origin)
{
    public ObjectNode(ConfigOrigin origin)
        : this(origin, new Dictionary<string, HoconNode>(StringComparer.Ordinal))
    {
    }

    public override string Kind => "an object";
}

/// <summary><c>${path}</c> or <c>${?path}</c>.</summary>
/// <param name="Origin">Where it stands.</param>
/// <param name="Path">The path, segment by segment, from the root; or from <paramref name="Earlier"/> when that is set.</param>
/// <param name="Optional">Written with a question mark.</param>
/// <param name="Earlier">What the field held before the assignment in which the substitution names the field itself.</param>
internal sealed record SubstitutionNode(ConfigOrigin Origin, IReadOnlyList<string> Path, bool Optional, HoconNode? Earlier = null) : HoconNode(Origin)
{
    public override string Kind => "a substitution";

    public string Written => (Optional ? "${?" : "${") + string.Join('.', Path) + "}";
}

/// <summary>The blanks between two values written one after another: part of a joined string, nothing between lists and objects.</summary>
internal sealed record BlankNode(ConfigOrigin Origin, string Text) : HoconNode(Origin)
{
    public override string Kind => "a blank";
}

/// <summary>Values written one after another.</summary>
internal sealed record ConcatenationNode(ConfigOrigin Origin, IReadOnlyList<HoconNode> Pieces) : HoconNode(Origin)
{
    public override string Kind => "a concatenation";
}

/// <summary>Two assignments to the same key that cannot be merged before the substitutions in them are known.</summary>
internal sealed record LayeredNode(ConfigOrigin Origin, HoconNode Lower, HoconNode Upper, IReadOnlyList<string>? Path) : HoconNode(Origin)
{
    /// <summary>How many layers lie below: a thousand assignments to one key must not become a thousand stack frames.</summary>
    public int Depth { get; } = Lower is LayeredNode below ? below.Depth + 1 : 1;

    public override string Kind => "a concatenation";
}

/// <summary>What an optional substitution without a target leaves behind.</summary>
internal sealed record AbsentNode(ConfigOrigin Origin) : HoconNode(Origin)
{
    public override string Kind => "nothing";
}
