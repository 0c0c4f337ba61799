using Trigger.Acl.Model;

namespace Trigger.Acl.Reading;

/// <summary>One statement of a Junos configuration, with what stands in its braces.</summary>
internal sealed class JunosNode(string[] words, Position at)
{
    public string[] Words { get; } = words;

    public Position At => at;

    public List<JunosNode> Children { get; } = [];

    public bool HasBraces { get; set; }

    public bool Inactive { get; set; }

    /// <summary>Where it stands in a text in braces: from the first comment before it, its own first word, and behind its end. Nothing for a node that no text has as it is.</summary>
    public (int From, int Start, int End)? Place { get; set; }

    /// <summary>Whether something was added to it that stands elsewhere in the text.</summary>
    public bool Inherits { get; set; }

    /// <summary>Whether it is all that its own lines say.</summary>
    public bool IsOwn => !Inherits && Key is not ("apply-groups" or "apply-groups-except") && Children.TrueForAll(child => child.IsOwn);

    public List<Comment> Comments { get; } = [];

    /// <summary>Comments behind the last child.</summary>
    public List<Comment> Trailing { get; } = [];

    public string Key => Words.Length > 0 ? Words[0] : "";

    public JunosNode? Child(params ReadOnlySpan<string> words)
    {
        foreach (var child in Children)
        {
            if (child.Words.AsSpan().SequenceEqual(words))
                return child;
        }

        return null;
    }

    /// <summary>Its values: the words behind the key, or each statement in its braces as one.</summary>
    public IEnumerable<(string Text, Position At, bool Inactive)> Values() => HasBraces
        ? Children.Select(child => (string.Join(' ', child.Words), child.At, child.Inactive))
        : Words.Skip(1).Select(word => (word, at, false));

    public JunosNode Copy()
    {
        var copy = new JunosNode(Words, at) { HasBraces = HasBraces, Inactive = Inactive };
        copy.Children.AddRange(Children.Select(child => child.Copy()));
        return copy;
    }
}
