namespace Trigger.Cluster.Leases;

/// <summary>
/// The arithmetic of a lease. Why it excludes: an owner trusts itself until <c>sent + Ttl − Margin</c> of the last beat that was acknowledged. A taker saw that beat only after it
/// was committed, so after it was sent; it waits longer than Ttl on its own clock, and under the row's lock finds the beat unchanged. No wall clock takes part, and clocks
/// may differ in rate by more than a quarter.
/// </summary>
internal class LeaseRules(ClusterParameters parameters)
{
    /// <summary>For how long others must see no beat before they take over.</summary>
    public virtual TimeSpan ObserverWait => parameters.ObserverWait;

    /// <summary>After how long without a beat a member counts as unreachable.</summary>
    public TimeSpan UnreachableAfter => parameters.Beat * 2.5;

    /// <summary>
    /// The longest time between two looks that does not restart an observer's waits. It is less than what the wait is longer than the lease, so that a clock that jumps
    /// by less than this cannot make a wait too short, and one that jumps by more restarts it.
    /// </summary>
    public virtual TimeSpan LookPatience => parameters.LookPatience;

    /// <summary>Whether the observation of the others counts as old when this node begins to coordinate. Never.</summary>
    public virtual bool InheritsWaits => false;

    /// <summary>The moment at which an owner stops trusting itself.</summary>
    /// <param name="sent">When the renewal was sent; from it the lease counts, as the observers may have seen the beat at any time since.</param>
    /// <param name="answered">When the answer arrived. Of no interest.</param>
    public virtual TimeSpan Deadline(TimeSpan sent, TimeSpan answered) => sent + parameters.Ttl - parameters.Margin;
}
