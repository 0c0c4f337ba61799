using Trigger.Acl.Values;

namespace Trigger.Acl.Model;

/// <summary>What a term asks of a packet: all of it must hold. Nothing asked is everything matched.</summary>
public sealed record Match
{
    public static Match Everything { get; } = new();

    /// <summary>Every protocol unless told otherwise.</summary>
    public ByteSet Protocols { get; init; } = ByteSet.All;

    public AddressSet Source { get; init; } = AddressSet.Any;

    public AddressSet Destination { get; init; } = AddressSet.Any;

    /// <summary>Null asks nothing; an empty set can never match, as <c>lt 0</c> cannot.</summary>
    public RangeSet? SourcePorts { get; init; }

    public RangeSet? DestinationPorts { get; init; }

    /// <summary>The conditions that few terms have.</summary>
    public RareMatch? Rare { get; init; }

    /// <summary>Whether a comparison of ports that nothing satisfies makes the whole match empty.</summary>
    public bool IsEmpty => SourcePorts is { IsEmpty: true } || DestinationPorts is { IsEmpty: true } || Rare?.EitherPorts is { IsEmpty: true };

    /// <summary>Whether anything is asked that only the first fragment of a packet can show.</summary>
    public bool AsksLayer4 =>
        SourcePorts is not null || DestinationPorts is not null || Rare is { EitherPorts: not null } or { TcpFlags: not null } or { IcmpTypes: not null } or { IcmpCodes: not null };
}
