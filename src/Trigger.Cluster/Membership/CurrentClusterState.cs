namespace Trigger.Cluster.Membership;

/// <summary>The members as this node last read them.</summary>
public sealed record CurrentClusterState
{
    public static CurrentClusterState Empty { get; } = new();

    public IReadOnlyList<Member> Members { get; init; } = [];

    /// <summary>Those whose lease was not renewed for a while.</summary>
    public IReadOnlyList<Member> Unreachable { get; init; } = [];

    /// <summary>The owner of the shard "coordinator", if it has one.</summary>
    public MemberId? Leader { get; init; }

    public IEnumerable<string> AllRoles => Members.SelectMany(member => member.Roles).Distinct().Order();

    /// <summary>Whether a node of this name was a member when last looked.</summary>
    public bool HasNode(string node) => Members.Any(member => member.Id.Node == node);
}
