namespace Trigger.Cluster.Sharding;

/// <summary>
/// Something divided into a fixed number of shards, each owned by one node at a time. The part of its name behind an @ is a site: then only nodes that reach that site
/// own its shards.
/// </summary>
/// <param name="Name">Such as "runs", "devices" or "devices@AMS".</param>
/// <param name="Shards">How many; fixed for the cluster's life, because it decides which key belongs where.</param>
/// <param name="Role">The role that a node needs to own any of them; empty for none.</param>
/// <param name="HoldsOff">Whether the new owner of a shard that was taken from a lost node keeps still for a while (<see cref="ClusterParameters.HoldOff"/>).</param>
public sealed record ShardSpace(string Name, int Shards = ShardSpace.DefaultShards, string Role = "", bool HoldsOff = false)
{
    public const int DefaultShards = 128;

    /// <summary>The space whose only shard makes its owner the one who says which shard belongs where. Any node may have it.</summary>
    public const string Coordinator = "coordinator";

    /// <summary>Empty when any site will do.</summary>
    public string Site => Name.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at ? Name[(at + 1)..] : "";

    /// <summary>The space of one thing that must exist once in the cluster.</summary>
    public static ShardSpace Singleton(string name, string role = "") => new($"singleton/{name}", 1, role);

    public IEnumerable<string> Mistakes()
    {
        if (Name.Length is 0 or > 127 || Name.Any(char.IsWhiteSpace) || Name == Coordinator)
            yield return $"'{Name}' is no name for a space of shards: 1 to 127 characters without blanks, and not '{Coordinator}'.";
        if (Shards is < 1 or > 4096)
            yield return $"The space {Name} has {Shards} shards; 1 to 4096 are possible.";
    }
}
