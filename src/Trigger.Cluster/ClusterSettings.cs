using System.Security.Cryptography;
using Trigger.Cluster.Sharding;

namespace Trigger.Cluster;

/// <summary>Who this node is, and what it is willing to do.</summary>
public sealed record ClusterSettings
{
    /// <summary>The node's name, unique in the cluster and the same after a restart. At most 63 letters, digits, dots, dashes and underscores.</summary>
    public required string Node { get; init; }

    /// <summary>What it is willing to do, such as "worker". Default nothing.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The sites whose devices it reaches. Default none.</summary>
    public IReadOnlyList<string> Sites { get; init; } = [];

    /// <summary>Where people find it. Nothing dials it.</summary>
    public string Address { get; init; } = "";

    public string Version { get; init; } = "";

    /// <summary>What all nodes agree on. A node whose values differ from the database's is refused.</summary>
    public ClusterParameters Parameters { get; init; } = new();

    /// <summary>What is divided among the nodes. More can be added later.</summary>
    public IReadOnlyList<ShardSpace> Spaces { get; init; } = [];

    /// <summary>
    /// The caller knows for certain that no earlier process of this name lives any more, as when it holds a lock that the kernel takes from the dead. Then the shards
    /// of earlier lives are free at once and not only after their lease. Default false.
    /// </summary>
    public bool EarlierLivesAreOver { get; init; }

    /// <summary>How often the node looks what changed when nothing wakes it. Default 1 s.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a shard's user may take to hand it over when only the balance asks for it. Default 60 s; then it loses the shard.</summary>
    public TimeSpan HandOverLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the users may take when the node leaves. Default 20 s, which fits into a pod's usual grace of 30.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How many letters to one node may wait, here and in the database each. Default 10 000.</summary>
    public int LettersWaiting { get; init; } = 10_000;

    /// <summary>How many bytes of letters may wait here. Default 64 MiB.</summary>
    public long LetterBytesWaiting { get; init; } = 64 << 20;

    /// <summary>The clock that leases are counted on.</summary>
    public TimeProvider Clock { get; init; } = BootClock.Instance;

    /// <summary>Makes the number of a new life. Default: 62 random bits.</summary>
    public Func<long> NewIncarnation { get; init; } = () => BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) & (long.MaxValue >> 1) | 1;

    public IEnumerable<string> Mistakes()
    {
        if (Node.Length is 0 or > 63 || !Node.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
            yield return $"cluster.node is '{Node}'; a name has 1 to 63 letters, digits, dots, dashes and underscores.";
        foreach (var word in Roles.Concat(Sites).Where(word => word.Length is 0 or > 63 || word.Any(c => char.IsWhiteSpace(c) || c is ',' or '@')))
            yield return $"'{word}' is no name of a role or site: 1 to 63 characters without blanks, commas and @.";
        foreach (var mistake in Parameters.Mistakes().Concat(Spaces.SelectMany(space => space.Mistakes())))
            yield return mistake;
        if (Look <= TimeSpan.Zero || Look * 2 > Parameters.LookPatience)
            yield return $"cluster.look is {Look}; it must be between nothing and {Parameters.LookPatience / 2}, or this node would never know that another is dead.";
        if (LettersWaiting < 1 || LetterBytesWaiting < 1)
            yield return "cluster.letters-waiting and cluster.letter-bytes-waiting must leave room for one letter.";
    }
}
