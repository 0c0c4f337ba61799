using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Deciding;

/// <summary>A filter's terms and its tail as boxes, in the order in which they decide.</summary>
internal sealed class CompiledFilter
{
    private readonly bool[] sure;

    /// <param name="wanted">Which terms, the tail's among them, shall have boxes; all unless told.</param>
    public CompiledFilter(Filter filter, RawBoxes raw, bool[]? wanted = null)
    {
        Terms = [.. filter.Terms, .. filter.Tail];
        sure = new bool[Terms.Count];
        if (filter.Family != Family.Any && filter.Family != raw.Family)
            return;
        var rule = Dialects.FragmentRule(filter.Dialect);
        for (var i = 0; i < Terms.Count; i++)
        {
            sure[i] = Terms[i].Sure;
            if (wanted is not null && !wanted[i])
                continue;
            if (!Terms[i].Action.Decides || raw.Add(Terms[i], rule, i, Boxes))
                continue;
            sure[i] = false;
            Boxes.Add(RawBox.Everything(raw.Family) with { Owner = i });
        }
    }

    public IReadOnlyList<Term> Terms { get; }

    public List<RawBox> Boxes { get; } = [];

    /// <summary>The numbers of its boxes in the question's space, once they were placed.</summary>
    public int From { get; set; }

    public int To { get; set; }

    public bool Sure(int term) => sure[term];

    public bool Permits(int term) => Terms[term].Action.Permits;
}
