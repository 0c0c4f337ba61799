namespace Trigger.Acl.Values;

/// <summary>One address condition: a run of addresses, or a value with scattered bits that do not matter.</summary>
/// <param name="Family">Never <see cref="Family.Any"/>.</param>
/// <param name="Low">The first address; for a scattered wildcard the value with its free bits cleared.</param>
/// <param name="High">The last address; for a scattered wildcard the value with its free bits set.</param>
/// <param name="Wild">The free bits, when they are scattered; otherwise zero.</param>
/// <param name="Except">Junos: this prefix does not match.</param>
public readonly record struct AddressMatch(Family Family, UInt128 Low, UInt128 High, UInt128 Wild = default, bool Except = false)
{
    /// <summary>How many runs of addresses this is: one, unless its free bits are scattered.</summary>
    public UInt128 Pieces => Wild == 0 ? 1 : UInt128.One << (int)(UInt128.PopCount(Wild) - UInt128.TrailingZeroCount(~Wild));

    /// <summary>The prefix length, or -1 when this is no prefix.</summary>
    public int PrefixLength
    {
        get
        {
            var span = High - Low;
            if (Wild != 0 || (span & (span + 1)) != 0 || (Low & span) != 0)
                return -1;
            return Width(Family) - (int)UInt128.PopCount(span);
        }
    }

    public static int Width(Family family) => family == Family.Inet6 ? 128 : 32;

    public static UInt128 Last(Family family) => family == Family.Inet6 ? UInt128.MaxValue : uint.MaxValue;

    public static AddressMatch All(Family family) => new(family, 0, Last(family));

    public static AddressMatch Host(Family family, UInt128 address) => new(family, address, address);

    /// <summary>Host bits are cleared, as devices do.</summary>
    public static AddressMatch Prefix(Family family, UInt128 address, int length)
    {
        // A shift by all 128 bits would be a shift by none.
        var free = length == Width(family) ? UInt128.Zero : Last(family) >> length;
        var low = address & ~free;
        return new(family, low, low | free);
    }

    /// <param name="free">A set bit does not matter; any pattern is legal.</param>
    public static AddressMatch Wildcard(Family family, UInt128 address, UInt128 free)
    {
        var low = address & ~free;
        return (free & (free + 1)) == 0 ? new(family, low, low | free) : new(family, low, low | free, free);
    }

    public bool Matches(UInt128 address) => Wild == 0 ? address >= Low && address <= High : (address & ~Wild) == Low;

    /// <summary>The runs of addresses, ascending. Ask <see cref="Pieces"/> first: there may be billions.</summary>
    public IEnumerable<(UInt128 Low, UInt128 High)> Runs()
    {
        if (Wild == 0)
        {
            yield return (Low, High);
            yield break;
        }

        var tail = (UInt128.One << (int)UInt128.TrailingZeroCount(~Wild)) - 1;
        var scattered = Wild & ~tail;
        var part = UInt128.Zero;
        do
        {
            yield return (Low | part, Low | part | tail);
            // The next subset of the scattered bits, in ascending order.
            part = (part - scattered) & scattered;
        }
        while (part != 0);
    }
}
