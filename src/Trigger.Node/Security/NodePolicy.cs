using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;
using Trigger.Jobs;
using Trigger.Jobs.Policing;
using Trigger.Node.Api;

namespace Trigger.Node.Security;

/// <summary>
/// Which commands this node lets whom send to what (<see cref="CommandPolicy"/>). A caller has his token's role; one without a token has the role that the policy gives to his name. Read again when
/// the inventory changes, of whose devices its rules speak; should it have mistakes then, nothing may be sent until it has none.
/// </summary>
internal sealed class NodePolicy(string? path, Func<NetDevices> inventory, SelectionContext selections, PlatformCatalog platforms)
{
    /// <summary>The line that stands for a terminal to type at, of which nobody can say beforehand what is typed.</summary>
    public const string Terminal = "terminal";

    private readonly Lock reading = new();
    private Read? current;

    private sealed record Read(NetDevices Devices, CommandPolicy? Policy, IReadOnlyList<string> Mistakes);

    /// <summary>Whether there is one.</summary>
    public bool IsOne => path is not null;

    /// <summary>What is wrong with the file; empty when there is none, or nothing is.</summary>
    public IReadOnlyList<string> Wrong => path is null ? [] : Now(path).Mistakes;

    /// <summary>The role that a caller has, in a word for a run's record; null where there is no policy.</summary>
    public string? RoleOf(Caller by) => path is not null && Now(path).Policy is { } policy ? $"{RoleOf(policy, by)}".ToLowerInvariant() : null;

    /// <summary>Every line that the caller must not send.</summary>
    public IReadOnlyList<OrderMistake> Mistakes(Caller by, IEnumerable<RunLine> lines) => Mistakes(policy => RoleOf(policy, by), lines);

    /// <summary>Every line of a run on record that whoever asked for it must not send any more.</summary>
    public IReadOnlyList<OrderMistake> Mistakes(RunSpec spec, IEnumerable<RunLine> lines) =>
        Mistakes(policy => Enum.TryParse<PolicyRole>(spec.ByRole, ignoreCase: true, out var role) ? role : policy.RoleOf(spec.By), lines);

    private List<OrderMistake> Mistakes(Func<CommandPolicy, PolicyRole> role, IEnumerable<RunLine> lines)
    {
        if (path is null)
            return [];

        var read = Now(path);
        return read.Policy is { } policy
            ? [.. policy.Mistakes(role(policy), lines).Select(sentence => new OrderMistake("commands", sentence))]
            : [new OrderMistake("commands", $"Nothing may be sent, because the node's policy has mistakes: {string.Join(' ', read.Mistakes)}")];
    }

    private static PolicyRole RoleOf(CommandPolicy policy, Caller by) => by.Origin == Gatekeeper.Loopback ? policy.RoleOf(by.Name) : (PolicyRole)(int)by.Role;

    private Read Now(string file)
    {
        lock (reading)
        {
            var devices = inventory();
            if (current is { } known && ReferenceEquals(known.Devices, devices))
                return known;

            var mistakes = new List<string>();
            var policy = CommandPolicy.ReadFile(file, devices, selections, platforms, mistakes);
            return current = new Read(devices, policy, mistakes);
        }
    }
}
