namespace Trigger.Cluster.Membership;

/// <summary>One life of a node: its name, and a number that is new at each start. A restarted node is a new member.</summary>
/// <param name="Node">The node's name, the same after a restart.</param>
/// <param name="Incarnation">Positive; never used twice by a node.</param>
public readonly record struct MemberId(string Node, long Incarnation) : IComparable<MemberId>
{
    public static bool operator <(MemberId left, MemberId right) => left.CompareTo(right) < 0;

    public static bool operator >(MemberId left, MemberId right) => left.CompareTo(right) > 0;

    public static bool operator <=(MemberId left, MemberId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(MemberId left, MemberId right) => left.CompareTo(right) >= 0;

    public int CompareTo(MemberId other)
    {
        var order = string.CompareOrdinal(Node, other.Node);
        return order != 0 ? order : Incarnation.CompareTo(other.Incarnation);
    }

    public override string ToString() => $"{Node}#{Incarnation}";
}
