namespace Trigger.Hocon;

/// <summary>A value as it was written. Substitutions stay in the tree until somebody asks for the value behind them.</summary>
internal abstract class HoconNode(ConfigOrigin origin)
{
    public ConfigOrigin Origin { get; } = origin;

    /// <summary>For messages: what kind of value this is.</summary>
    public abstract string Kind { get; }

    /// <summary>Whether no substitution is left anywhere inside.</summary>
    public virtual bool IsSettled => false;
}

/// <summary>A string, number, boolean or null. The text is kept as written; the getters give it a type.</summary>
/// <param name="quoted">Surely text: it was quoted, or joined from several pieces.</param>
internal sealed class ScalarNode(ConfigOrigin origin, string text, bool quoted) : HoconNode(origin)
{
    public string Text => text;

    public bool Quoted => quoted;

    public bool IsNull => !quoted && text == "null";

    public override string Kind => IsNull ? "null" : "a value";

    public override bool IsSettled => true;
}

internal sealed class ArrayNode(ConfigOrigin origin, List<HoconNode> items) : HoconNode(origin)
{
    public List<HoconNode> Items => items;

    public override string Kind => "a list";

    public override bool IsSettled => items.TrueForAll(item => item.IsSettled);
}

/// <summary>Fields in the order in which their keys first appeared.</summary>
/// <param name="hidesLower">It stands over a value that was no object, and so over everything below that: nothing further down may merge with it.</param>
internal sealed class ObjectNode(ConfigOrigin origin, HoconFields fields, bool hidesLower = false) : HoconNode(origin)
{
    public ObjectNode(ConfigOrigin origin)
        : this(origin, new HoconFields())
    {
    }

    public HoconFields Fields => fields;

    public bool HidesLower => hidesLower;

    public override string Kind => "an object";

    public override bool IsSettled => fields.Values.All(value => value.IsSettled);
}

/// <summary><c>${path}</c>, <c>${?path}</c>, or <c>${path[]}</c> for a list from the environment.</summary>
/// <param name="origin">Where it stands.</param>
/// <param name="path">The path, segment by segment, from the root.</param>
/// <param name="optional">Written with a question mark.</param>
/// <param name="environmentList">Written with brackets: path_0, path_1, … of the environment.</param>
/// <param name="within">Where the file that holds it was included: the path is tried below there first.</param>
internal sealed class SubstitutionNode(
    ConfigOrigin origin, IReadOnlyList<string> path, bool optional, bool environmentList, IReadOnlyList<string> within) : HoconNode(origin)
{
    public IReadOnlyList<string> Path => path;

    public bool Optional => optional;

    public bool EnvironmentList => environmentList;

    public IReadOnlyList<string> Within => within;

    public override string Kind => "a substitution";

    public string Written => (optional ? "${?" : "${") + string.Join('.', path) + (environmentList ? "[]}" : "}");
}

/// <summary>The blanks between two values written one after another: part of a joined string, nothing between lists and objects.</summary>
internal sealed class BlankNode(ConfigOrigin origin, string text) : HoconNode(origin)
{
    public string Text => text;

    public override string Kind => "a blank";

    public override bool IsSettled => true;
}

/// <summary>Values written one after another.</summary>
internal sealed class ConcatenationNode(ConfigOrigin origin, IReadOnlyList<HoconNode> pieces) : HoconNode(origin)
{
    public IReadOnlyList<HoconNode> Pieces => pieces;

    public override string Kind => "a concatenation";
}

/// <summary><c>+=</c>: elements after whatever list the key held before.</summary>
internal sealed class AppendNode(ConfigOrigin origin, List<HoconNode> items) : HoconNode(origin)
{
    public List<HoconNode> Items => items;

    public override string Kind => "a list";
}

/// <summary>Assignments to the same key that cannot be merged before the substitutions in them are known; the last one is on top.</summary>
internal sealed class LayeredNode(ConfigOrigin origin, List<HoconNode> layers) : HoconNode(origin)
{
    public List<HoconNode> Layers => layers;

    public HoconNode Top => layers[^1];

    public override string Kind => "a concatenation";
}

/// <summary>What an optional substitution without a target leaves behind.</summary>
internal sealed class AbsentNode(ConfigOrigin origin) : HoconNode(origin)
{
    public override string Kind => "nothing";

    public override bool IsSettled => true;
}
