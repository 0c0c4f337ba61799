using Trigger.Acl.Values;

namespace Trigger.Acl.Model;

/// <summary>What devices add behind the last line without writing it down.</summary>
public static class Tails
{
    private static readonly Term Deny = new() { Action = TermAction.Deny, Implicit = true, Name = "implicit deny" };

    private static readonly Term Permit = new() { Action = TermAction.Permit, Implicit = true, Name = "an empty list permits everything" };

    // RFC 4861: without these an IPv6 list that ends in the implicit deny would cut off its own neighbours; IOS permits them first.
    private static readonly Term[] Neighbours =
    [
        new() { Action = TermAction.Permit, Implicit = true, Name = "implicit permit icmp any any nd-na", Match = NeighbourDiscovery(136) },
        new() { Action = TermAction.Permit, Implicit = true, Name = "implicit permit icmp any any nd-ns", Match = NeighbourDiscovery(135) },
    ];

    // Cisco's guide to NX-OS: routers are let speak too.
    private static readonly Term[] Routers =
    [
        .. Neighbours,
        new() { Action = TermAction.Permit, Implicit = true, Name = "implicit permit icmp any any router-advertisement", Match = NeighbourDiscovery(134) },
        new() { Action = TermAction.Permit, Implicit = true, Name = "implicit permit icmp any any router-solicitation", Match = NeighbourDiscovery(133) },
    ];

    // Dell's manual: non-initial TCP and UDP fragments are permitted implicitly before the implicit deny.
    private static readonly Term Fragments = new()
    {
        Action = TermAction.Permit,
        Implicit = true,
        Name = "implicit permit of non-initial tcp and udp fragments",
        Match = new Match { Protocols = ByteSet.Of(6) | ByteSet.Of(17), Rare = new RareMatch { FragmentOffset = RangeSet.Of(1, 8191) } },
    };

    // NX-OS: what its "fragments permit-all" makes of later fragments that no line matches.
    private static readonly Term LaterFragments = new()
    {
        Action = TermAction.Permit,
        Implicit = true,
        Name = "fragments permit-all",
        Match = new Match { Rare = new RareMatch { FragmentOffset = RangeSet.Of(1, 8191) } },
    };

    public static IReadOnlyList<Term> Of(Filter filter) => filter.Dialect switch
    {
        Dialect.NxOs when filter.Options.Contains("fragments permit-all") => filter.Family == Family.Inet6 ? [.. Routers, LaterFragments, Deny] : [LaterFragments, Deny],
        Dialect.Ios or Dialect.Brocade or Dialect.Dell when filter.Terms.Count == 0 => [Permit],
        Dialect.Dell when filter.Family == Family.Inet => [Fragments, Deny],
        Dialect.NxOs when filter.Family == Family.Inet6 => [.. Routers, Deny],
        Dialect.Ios or Dialect.Brocade or Dialect.IosXr or Dialect.Eos when filter.Family == Family.Inet6 => [.. Neighbours, Deny],
        _ => [Deny],
    };

    private static Match NeighbourDiscovery(int type) => new()
    {
        Protocols = ByteSet.Of(58),
        Rare = new RareMatch { IcmpTypes = ByteSet.Of(type) },
    };
}
