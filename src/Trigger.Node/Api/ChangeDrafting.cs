using Trigger.Devices;
using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;
using Trigger.Jobs;

namespace Trigger.Node.Api;

/// <summary>Makes the plan of a change of what somebody asked for, or says everything that is wrong with it.</summary>
/// <param name="check">Takes a mistake, unless it is right.</param>
internal sealed class ChangeDrafting(NetDevices devices, PlatformCatalog catalog, Action<bool, string, string> check)
{
    private const int MostMinutes = 65_535;
    private const int MostLines = 100_000;

    /// <summary>What a run of configurations cannot have besides.</summary>
    public void Consider(RunOrder order)
    {
        check(!string.IsNullOrEmpty(order.On), "on", "A change needs its devices named; \"all\" means every one.");
        check(!order.Netconf, "netconf", "A change is of command lines; NETCONF has edit-config and commit.");
        check(order.Backup is null, "backup", "It is a run of its own.");
        check(order.Init is not { Count: > 0 }, "init", "A change types what its platform needs, and nothing else.");
        check(order.Interval is null && !order.StopOnError, "interval", "A change decides by itself what comes next: interval and stopOnError are for commands.");
    }

    /// <summary>The lines of each device that has its own, and whose they are.</summary>
    public (IReadOnlyList<CommandSet> Sets, Func<NetDevice, int?> SetOf) Own(IReadOnlyDictionary<string, IReadOnlyList<string>> configs, IReadOnlyList<string> common, IReadOnlyList<NetDevice> chosen)
    {
        var (sets, setOf) = (new List<CommandSet>(), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var (name, lines) in configs)
        {
            var field = $"change.configs.{name}";
            check(lines is { Count: > 0 and <= MostLines } && lines.All(RunDrafting.IsLine), field, $"It is between 1 and {MostLines} lines of text, none of them blank or with tabs.");
            if ((devices.Find(name) ?? devices.Find(Path.GetFileNameWithoutExtension(name))) is not { } device)
                check(false, field, $"There is no device '{name}' in the inventory.");
            else if (!setOf.TryAdd(device.Name, sets.Count))
                check(false, field, $"{device.Name} is there twice.");
            else
                sets.Add(new CommandSet([.. common, .. lines ?? []]));
        }

        foreach (var device in chosen.Where(device => !setOf.ContainsKey(device.Name)))
            check(false, "change.configs", $"There is nothing for {device.Name}.");
        return (sets, device => setOf.TryGetValue(device.Name, out var set) ? set : null);
    }

    public ChangePlan Plan(ChangeOrder order, RunId id, IReadOnlyList<NetDevice> chosen, Func<NetDevice, IReadOnlyList<string>> linesOf, bool hidesSecrets, TimeSpan? settle)
    {
        var plan = new ChangePlan
        {
            Recipes = new Dictionary<string, ChangeRecipe>(),
            Replace = order.Replace,
            DiffOnly = order.DiffOnly,
            TrialMinutes = order.ConfirmMinutes,
            ReloadMinutes = order.ReloadMinutes,
            Verify = Checks(order),
            Settle = settle,
            Stays = order.NoRollback,
            Unsaved = order.NoSave,
        };
        check(plan.TrialMinutes is null or (>= 1 and <= MostMinutes), "change.confirmMinutes", $"It is a whole number from 1 to {MostMinutes}.");
        check(plan.ReloadMinutes is null or (>= 1 and <= MostMinutes), "change.reloadMinutes", $"It is a whole number from 1 to {MostMinutes}.");
        check(!plan.DiffOnly || plan is { TrialMinutes: null, ReloadMinutes: null, Verify: null, Stays: false }, "change.diffOnly", "It changes nothing, so there is nothing to confirm, to verify or to take back.");
        check(plan is not { TrialMinutes: not null, ReloadMinutes: not null }, "change.reloadMinutes", "It and confirmMinutes are two ways to the same end; say one of them.");
        check(plan is not { Settle: not null, Verify: null }, "change.settle", "It is the time before verify, and needs one.");
        check(plan is not { Settle: { } rest, TrialMinutes: { } minutes } || rest <= TimeSpan.FromMinutes(minutes) / 2, "change.settle", "It leaves less than half of confirmMinutes to verify and confirm in.");
        check(plan is not { Stays: true, TrialMinutes: not null }, "change.noRollback", "What is not confirmed, the device takes back: it and confirmMinutes exclude each other.");
        var (whole, lacks) = ChangePlanning.Complete(plan, id, chosen, catalog, linesOf, hidesSecrets);
        foreach (var lack in lacks)
            check(false, "change", lack);
        return whole;
    }

    private List<HealthCheck>? Checks(ChangeOrder order)
    {
        var checks = new List<HealthCheck>();
        foreach (var text in order.Verify ?? [])
        {
            if (HealthCheck.Read(text, out var mistake) is { } read)
                checks.Add(read);
            else
                check(false, "change.verify", mistake!);
        }

        return checks.Count == 0 ? null : checks;
    }
}
