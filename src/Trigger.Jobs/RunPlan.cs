using Trigger.Devices;
using Trigger.Devices.Windows;

namespace Trigger.Jobs;

/// <summary>Fixes, before anything is sent, which device belongs to which batch, group and window.</summary>
public static class RunPlan
{
    /// <summary>The devices in the order in which they are begun. What the policy does not ask for is not written down.</summary>
    /// <param name="setOf">Which of the run's sets of commands is the device's; null for those of all.</param>
    /// <param name="windows">When which device may be changed; null when the policy does not ask.</param>
    public static RunEvent.DevicesChosen Choose(RunPolicy? policy, IReadOnlyList<NetDevice> devices, BounceWindows? windows, Func<NetDevice, int?>? setOf = null)
    {
        if (policy is null)
            return new RunEvent.DevicesChosen([.. devices.Select(device => new ChosenDevice(device.Name, device.Platform) { Set = setOf?.Invoke(device) })]);

        var known = new Dictionary<BounceWindow, int>(ReferenceEqualityComparer.Instance);
        var sizes = RunBatches.Sizes(devices.Count, policy.Canary, policy.Batch);
        var chosen = new List<ChosenDevice>(devices.Count);
        for (var (batch, left) = (-1, 0); chosen.Count < devices.Count; left--)
        {
            if (left == 0)
                left = sizes[++batch];
            chosen.Add(Placed(devices[chosen.Count], policy, batch, windows, known) with { Set = setOf?.Invoke(devices[chosen.Count]) });
        }

        return new RunEvent.DevicesChosen(chosen) { Windows = known.Count == 0 ? null : [.. known.OrderBy(window => window.Value).Select(window => RunWindow.Of(window.Key))] };
    }

    private static ChosenDevice Placed(NetDevice device, RunPolicy policy, int batch, BounceWindows? windows, Dictionary<BounceWindow, int> known) => new(device.Name, device.Platform)
    {
        Batch = batch,
        Vendor = policy.PerVendor is null ? null : device.Vendor,
        Site = policy.PerSite is null ? null : device.Site ?? "",
        Group = policy.OnePer is { } how ? RunGroups.Of(device, how) : null,
        Window = policy is { Window: not null, WindowOverride: null } && windows is not null ? Number(windows.Of(device), known) : null,
    };

    private static int Number(BounceWindow window, Dictionary<BounceWindow, int> known)
    {
        if (!known.TryGetValue(window, out var number))
            known.Add(window, number = known.Count);
        return number;
    }
}
