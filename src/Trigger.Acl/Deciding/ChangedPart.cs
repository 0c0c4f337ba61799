using System.Runtime.InteropServices;
using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Deciding;

/// <summary>
/// The terms of two filters that have no equal partner in the same order, and the terms that could meet one of those. A packet that no changed term matches
/// is decided by the same terms on both sides, so nothing else needs to become boxes.
/// </summary>
internal sealed class ChangedPart
{
    // More changed boxes than this are compared box by box instead: finding what is near them would cost more than it saves.
    private const int MostTouched = 256;

    private readonly RawBoxes raw;

    private ChangedPart(RawBoxes raw) => this.raw = raw;

    public required List<int> LeftChanged { get; init; }

    public required List<int> RightChanged { get; init; }

    /// <summary>For each term of the filter and its tail, whether it must become boxes.</summary>
    public bool[] LeftNear { get; private set; } = [];

    public bool[] RightNear { get; private set; } = [];

    /// <summary>The boxes of the changed terms.</summary>
    public List<RawBox> Touched { get; } = [];

    /// <summary>Null when the filters differ too much for this to be worth while, or when equal terms do not mean the same on both devices.</summary>
    public static ChangedPart? Of(Filter before, Filter after, RawBoxes raw)
    {
        if (Dialects.FragmentRule(before.Dialect) != Dialects.FragmentRule(after.Dialect))
            return null;
        Term[] left = [.. before.Terms, .. before.Tail], right = [.. after.Terms, .. after.Tail];
        var (gone, come) = Alignment.Changed(left.Length, right.Length, i => Key(left[i]), i => Key(right[i]), (i, j) => SameMeaning(left[i], right[j]));
        if (gone.Count + come.Count > MostTouched)
            return null;
        raw.Budget?.Look();
        var part = new ChangedPart(raw) { LeftChanged = gone, RightChanged = come };
        part.Touched.AddRange(new CompiledFilter(before, raw, Flags(left.Length, gone)).Boxes);
        part.Touched.AddRange(new CompiledFilter(after, raw, Flags(right.Length, come)).Boxes);
        if (part.Touched.Count > MostTouched)
            return null;
        part.FindNear(left, right);
        return part;
    }

    public bool Touches(RawBox box)
    {
        foreach (ref readonly var one in CollectionsMarshal.AsSpan(Touched))
        {
            if (box.Meets(one) && raw.Sets[box.Protocols].Meets(raw.Sets[one.Protocols]))
                return true;
        }

        return false;
    }

    // The terms between the changed ones are equal pairs in the same order, so each pair is looked at once.
    private void FindNear(Term[] left, Term[] right)
    {
        (LeftNear, RightNear) = (Flags(left.Length, LeftChanged), Flags(right.Length, RightChanged));
        var changedRight = RightNear.AsSpan().ToArray();
        for (int i = 0, j = 0; i < left.Length; i++)
        {
            if (LeftNear[i])
                continue;
            while (changedRight[j])
                j++;
            LeftNear[i] = RightNear[j++] = Near(left[i]);
        }
    }

    private bool Near(Term term)
    {
        if (term.Also.Count > 0 || term.Match.Rare?.EitherAddress is not null)
            return true;
        var match = term.Match;
        var (source, destination) = (Hull(match.Source), Hull(match.Destination));
        foreach (ref readonly var one in CollectionsMarshal.AsSpan(Touched))
        {
            if (destination.Low <= one.DestinationHigh && one.DestinationLow <= destination.High && source.Low <= one.SourceHigh && one.SourceLow <= source.High
                && match.Protocols.Meets(raw.Sets[one.Protocols]))
            {
                return true;
            }
        }

        return false;
    }

    private (UInt128 Low, UInt128 High) Hull(AddressSet set)
    {
        if (set.IsAny)
            return (0, AddressMatch.Last(raw.Family));
        var (low, high) = (UInt128.MaxValue, UInt128.Zero);
        for (var i = 0; i < set.Count; i++)
        {
            if (set[i] is var item && item.Family == raw.Family)
                (low, high) = (UInt128.Min(low, item.Low), UInt128.Max(high, item.High));
        }

        return (low, high);
    }

    private static bool[] Flags(int count, List<int> set)
    {
        var flags = new bool[count];
        foreach (var one in set)
            flags[one] = true;
        return flags;
    }

    private static int Key(Term term)
    {
        var (source, destination) = (term.Match.Source, term.Match.Destination);
        return HashCode.Combine(source.Count > 0 ? source[0].Low : 0, destination.Count > 0 ? destination[0].Low : 0);
    }

    // Whether both become the same boxes, that do the same; what is only spelled differently counts as equal.
    private static bool SameMeaning(Term left, Term right) =>
        left.Inactive == right.Inactive && left.Action.Permits == right.Action.Permits && left.Action.Decides == right.Action.Decides
        && left.Match == right.Match && (left.Also.Count + right.Also.Count == 0 || left.Also.SequenceEqual(right.Also))
        && (left.Unknown.Count + right.Unknown.Count == 0 || left.Unknown.SequenceEqual(right.Unknown));
}
