namespace Trigger.Wire.Netconf;

/// <summary>What is peculiar to the NETCONF of one kind of device; data only. <see cref="NetconfProfiles"/> has those that are known.</summary>
public sealed record NetconfProfile
{
    public static NetconfProfile Standard { get; } = new() { Name = "standard" };

    public required string Name { get; init; }

    /// <summary>SSH subsystems, tried in this order.</summary>
    public IReadOnlyList<string> Subsystems { get; init; } = ["netconf"];

    /// <summary>What our hello says beside the two :base versions.</summary>
    public IReadOnlyList<string> ClientCapabilities { get; init; } = [];

    /// <summary>Prefixes that every <c>rpc</c> element declares, because the device expects them there.</summary>
    public IReadOnlyDictionary<string, string> Prefixes { get; init; } = new Dictionary<string, string>();

    /// <summary>What the messages of harmless errors contain, in any case: an answer with no other errors is taken as done.</summary>
    public IReadOnlyList<string> HarmlessErrors { get; init; } = [];

    public override string ToString() => Name;
}
