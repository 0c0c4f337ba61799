namespace Trigger.Acl.Model;

/// <summary>One line of a list, or one term of a filter.</summary>
public sealed record Term
{
    public required TermAction Action { get; init; }

    public Match Match { get; init; } = Match.Everything;

    /// <summary>Other ways to match, as a service group gives: the term matches when <see cref="Match"/> or any of these does.</summary>
    public IReadOnlyList<Match> Also { get; init; } = [];

    /// <summary>A term's name where the dialect has names.</summary>
    public string? Name { get; init; }

    /// <summary>The number written before the line, or null when none was.</summary>
    public int? Sequence { get; init; }

    public IReadOnlyList<Modifier> Modifiers { get; init; } = [];

    /// <summary>Remarks and comments that stand before the term, or inside it.</summary>
    public IReadOnlyList<Comment> Comments { get; init; } = [];

    /// <summary>Conditions that the model does not understand, verbatim. With any, the term <em>may</em> match what the rest of it matches.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>Kept in the configuration but without effect.</summary>
    public bool Inactive { get; init; }

    public Position At { get; init; }

    /// <summary>The text this term was read from, and where in it; changed terms have none and are spelled anew.</summary>
    public Spelling Spelling { get; init; }

    /// <summary>Added by the device itself, such as the deny at the end.</summary>
    public bool Implicit { get; init; }

    /// <summary>Whether all its conditions are understood.</summary>
    public bool Sure => Unknown.Count == 0;

    public IEnumerable<Match> Matches => Also.Count == 0 ? [Match] : [Match, .. Also];

    public override string ToString() => Implicit ? $"({Name})" : Name is not null ? $"term {Name} ({Action})" : Spelling.Text is { Length: > 0 } text ? text.Trim() : Action.ToString();
}
