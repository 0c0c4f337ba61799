using System.Numerics;

namespace Trigger.Acl.Values;

/// <summary>A set of the values 0 to 255: protocols, ICMP types, TCP flag bytes.</summary>
public readonly record struct ByteSet(ulong A, ulong B, ulong C, ulong D)
{
    public static ByteSet Empty => default;

    public static ByteSet All => new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    public bool IsAll => (A & B & C & D) == ulong.MaxValue;

    public bool IsEmpty => (A | B | C | D) == 0;

    public int Count => BitOperations.PopCount(A) + BitOperations.PopCount(B) + BitOperations.PopCount(C) + BitOperations.PopCount(D);

    /// <summary>The smallest member, or -1.</summary>
    public int First =>
        A != 0 ? BitOperations.TrailingZeroCount(A)
        : B != 0 ? 64 + BitOperations.TrailingZeroCount(B)
        : C != 0 ? 128 + BitOperations.TrailingZeroCount(C)
        : D != 0 ? 192 + BitOperations.TrailingZeroCount(D)
        : -1;

    public static ByteSet Of(int value)
    {
        var bit = 1UL << (value & 63);
        return (value >> 6) switch
        {
            0 => new(bit, 0, 0, 0),
            1 => new(0, bit, 0, 0),
            2 => new(0, 0, bit, 0),
            3 => new(0, 0, 0, bit),
            _ => throw new ArgumentOutOfRangeException(nameof(value)),
        };
    }

    /// <summary>All from <paramref name="low"/> to <paramref name="high"/>; empty when they are the wrong way round.</summary>
    public static ByteSet Range(int low, int high)
    {
        var set = Empty;
        for (var value = Math.Max(low, 0); value <= Math.Min(high, 255); value++)
            set |= Of(value);
        return set;
    }

    public static ByteSet Where(Func<int, bool> member)
    {
        var set = Empty;
        for (var value = 0; value < 256; value++)
        {
            if (member(value))
                set |= Of(value);
        }

        return set;
    }

    public bool Contains(int value) => ((value >> 6) switch { 0 => A, 1 => B, 2 => C, 3 => D, _ => 0UL } >> (value & 63) & 1) != 0;

    public bool Meets(ByteSet other) => ((A & other.A) | (B & other.B) | (C & other.C) | (D & other.D)) != 0;

    public bool Covers(ByteSet other) => (other & ~this).IsEmpty;

    public IEnumerable<int> Values()
    {
        for (var value = 0; value < 256; value++)
        {
            if (Contains(value))
                yield return value;
        }
    }

    /// <summary>The members as the fewest runs, ascending.</summary>
    public IEnumerable<(int Low, int High)> Runs()
    {
        for (var value = 0; value < 256; value++)
        {
            if (!Contains(value))
                continue;
            var low = value;
            while (value < 255 && Contains(value + 1))
                value++;
            yield return (low, value);
        }
    }

    public static ByteSet operator |(ByteSet left, ByteSet right) => new(left.A | right.A, left.B | right.B, left.C | right.C, left.D | right.D);

    public static ByteSet operator &(ByteSet left, ByteSet right) => new(left.A & right.A, left.B & right.B, left.C & right.C, left.D & right.D);

    public static ByteSet operator ~(ByteSet set) => new(~set.A, ~set.B, ~set.C, ~set.D);

    public static ByteSet BitwiseOr(ByteSet left, ByteSet right) => left | right;

    public static ByteSet BitwiseAnd(ByteSet left, ByteSet right) => left & right;

    public static ByteSet OnesComplement(ByteSet set) => ~set;
}
