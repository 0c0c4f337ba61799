using Trigger.Acl.Values;

namespace Trigger.Acl.Model;

/// <summary>An ordered list of terms; the first that matches decides.</summary>
public sealed record Filter
{
    public required Dialect Dialect { get; init; }

    /// <summary>Null when the text did not name it.</summary>
    public string? Name { get; init; }

    public required Family Family { get; init; }

    public required IReadOnlyList<Term> Terms { get; init; }

    /// <summary>Comments behind the last term.</summary>
    public IReadOnlyList<Comment> Trailing { get; init; } = [];

    /// <summary>Comments and options of the filter itself (<c>interface-specific</c>, <c>statistics per-entry</c>), verbatim.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    public IReadOnlyList<Comment> Heading { get; init; } = [];

    public IReadOnlyList<Policer> Policers { get; init; } = [];

    /// <summary>Whether lines match only a source, as in an IOS standard list.</summary>
    public bool IsStandard { get; init; }

    /// <summary>Junos: whether it was read from <c>set</c> lines.</summary>
    public bool IsSetForm { get; init; }

    /// <summary>How many lines that may have been its own were left out, because nothing of them can be read. With any, an answer would be about another filter.</summary>
    public int LeftOut { get; init; }

    /// <summary>The file it came from, for reports.</summary>
    public string? Origin { get; init; }

    public Position At { get; init; }

    /// <summary>Where it stands in a text in braces; other texts have its lines in many places.</summary>
    public Spelling Spelling { get; init; }

    /// <summary>What the device does with a packet that no term decides; see <see cref="Tails"/>.</summary>
    public IReadOnlyList<Term> Tail => Tails.Of(this);
}
