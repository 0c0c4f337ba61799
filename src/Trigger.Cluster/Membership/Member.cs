namespace Trigger.Cluster.Membership;

/// <summary>A member as the database has it.</summary>
public sealed record Member
{
    public required MemberId Id { get; init; }

    public required MemberStatus Status { get; init; }

    /// <summary>Its place in the order of joining: a smaller number is older. Never given twice.</summary>
    public required long Number { get; init; }

    /// <summary>What it is willing to do, sorted.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The sites whose devices it reaches, sorted.</summary>
    public required IReadOnlyList<string> Sites { get; init; }

    /// <summary>Where people find it. Nothing dials it.</summary>
    public required string Address { get; init; }

    /// <summary>The version of its software.</summary>
    public required string Version { get; init; }

    public bool HasRole(string role) => Roles.Contains(role);

    public bool Reaches(string site) => Sites.Contains(site);

    /// <summary>Among two members, whether this one joined earlier.</summary>
    public bool IsOlderThan(Member other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Number < other.Number;
    }

    public bool Equals(Member? other) =>
        other is not null && Id == other.Id && Status == other.Status && Number == other.Number && Address == other.Address && Version == other.Version
        && Roles.SequenceEqual(other.Roles) && Sites.SequenceEqual(other.Sites);

    public override int GetHashCode() => HashCode.Combine(Id, Status, Number);

    public override string ToString() => $"{Id} {Status}";
}
