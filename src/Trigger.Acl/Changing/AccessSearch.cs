using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Changing;

/// <summary>Which terms touch these networks and ports (find_access).</summary>
public sealed record AccessSearch
{
    public IReadOnlyList<AddressMatch> Sources { get; init; } = [];

    public IReadOnlyList<AddressMatch> Destinations { get; init; } = [];

    public RangeSet? Ports { get; init; }

    /// <summary>Leaves out terms that ask for no source.</summary>
    public bool NeedsSource { get; init; }

    public bool NeedsDestination { get; init; }

    public IReadOnlyList<Term> In(Filter filter) => [.. filter.Terms.Where(term => !term.Inactive && term.Matches.Any(Touches))];

    private bool Touches(Match match) =>
        Touches(match.Source, match.Rare?.EitherAddress, Sources, NeedsSource) && Touches(match.Destination, match.Rare?.EitherAddress, Destinations, NeedsDestination) && TouchesPorts(match);

    private static bool Touches(AddressSet own, AddressSet? either, IReadOnlyList<AddressMatch> wanted, bool needed)
    {
        if (own.IsAny && either is null)
            return !needed;
        if (wanted.Count == 0)
            return true;
        var set = own.IsAny ? either! : own;
        return wanted.Any(one => set.Scattered(one.Family, 64)
            ? set.Items.Any(item => item.Family == one.Family && item.Low <= one.High && one.Low <= item.High)
            : set.Runs(one.Family).Exists(run => run.Low <= one.High && one.Low <= run.High));
    }

    private bool TouchesPorts(Match match)
    {
        var own = match.DestinationPorts ?? match.Rare?.EitherPorts;
        return Ports is null || own is null || own.Runs.Any(run => Ports.Runs.Any(port => run.Low <= port.High && port.Low <= run.High));
    }
}
