using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Reading;

/// <summary>A list while its lines come in.</summary>
internal sealed class FilterDraft(string? name, Family family, bool standard, Position at)
{
    private readonly List<Term> terms = [];
    private bool numbered;
    private int last;

    public string? Name => name;

    public Family Family { get; set; } = family;

    public bool Standard => standard;

    public List<Comment> Heading { get; } = [];

    public List<Comment> Trailing { get; } = [];

    public List<string> Options { get; } = [];

    /// <summary>Whether its lines are indented, so that a line that is not ends it.</summary>
    public bool? Indented { get; set; }

    /// <summary>Lines of it of which nothing can be read.</summary>
    public int LeftOut { get; set; }

    public bool IsEmpty => terms.Count == 0;

    public void Add(Term term, AceRules rules)
    {
        if (term.Sequence is { } number)
        {
            numbered = true;
            last = Math.Max(last, number);
        }
        else
        {
            last = last == 0 ? rules.Start : last + rules.Step;
        }

        terms.Add(term);
    }

    public Filter ToFilter(Dialect dialect, DiagnosticList said) => new()
    {
        Dialect = dialect,
        Name = name,
        Family = Family,
        IsStandard = standard,
        Terms = numbered ? Ordered(AceRules.Of(dialect), said) : terms,
        Heading = Heading,
        Trailing = Trailing,
        Options = Options,
        LeftOut = LeftOut,
        At = at,
    };

    // The device orders by number, not by the text; a line without one goes behind the highest so far.
    private List<Term> Ordered(AceRules rules, DiagnosticList said)
    {
        var placed = new SortedDictionary<int, Term>();
        var highest = 0;
        foreach (var term in terms)
        {
            var number = term.Sequence ?? (highest == 0 ? rules.Start : highest + rules.Step);
            if (placed.TryGetValue(number, out var before))
                said.Warn(term.At, $"number {number} was used in line {before.At.Line}: this line replaces it");
            highest = Math.Max(highest, number);
            placed[number] = term with { Sequence = number };
        }

        return [.. placed.Values];
    }
}
