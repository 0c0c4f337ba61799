using Trigger.Devices;
using Trigger.Devices.Inventory;
using Trigger.Jobs;
using Trigger.Node.Api;
using Trigger.Storage;

namespace Trigger.Node.Security;

/// <summary>How runs on record stand before the node's policy, which may be another by now than when they were accepted.</summary>
internal sealed class StandingOfRuns(Database database, NodePolicy policy, Func<NetDevices> inventory, Audit audit, string node, Action<string> warn)
{
    private const int MostNamed = 20;

    /// <summary>What the policy has against a run; empty when nothing.</summary>
    public async Task<IReadOnlyList<OrderMistake>> Denied(string run)
    {
        if (!policy.IsOne)
            return [];

        var (state, codec) = (RunState.Empty, RunCodec.Create());
        await new RunStore(database).Replay(Commando.StreamOf(new RunId(run)), 1, 2, (_, kind, body) =>
        {
            if (codec.Read(kind, body) is RunEvent happened)
                state = RunRules.Apply(state, happened);
        }).ConfigureAwait(false);
        if (state.Spec is not { } spec)
            return [];

        var now = inventory();
        var sets = state.Devices.Where(device => device.Set is not null).ToDictionary(device => device.Name, device => device.Set, StringComparer.Ordinal);
        var devices = state.Devices.Select(device => now.Find(device.Name)).OfType<NetDevice>().ToArray();
        return policy.Mistakes(spec, RunLine.Of(spec, devices, device => sets.GetValueOrDefault(device.Name), now.Find));
    }

    /// <summary>Asked by whoever takes a run up, be it new or another node's. A denial is put on record.</summary>
    public async Task<bool> MayGoOn(RunId run)
    {
        if (await Denied(run.Value).ConfigureAwait(false) is not { Count: > 0 } denied)
            return true;

        warn($"Run {run} is cancelled by the node's policy: {denied[0].Message}");
        await audit.Record(new Caller(node, Role.Admin, "node"), "run-denied", run.Value, string.Join(' ', denied.Take(MostNamed).Select(mistake => mistake.Message))).ConfigureAwait(false);
        return false;
    }
}
