using Trigger.Devices;

namespace Trigger.Lab;

/// <summary>Spreads every kind of fault over a fleet, about one device in ten.</summary>
public static class LabFaultPlan
{
    // A login is refused by two devices at most: a third would make a run give up its credentials, and hide every other fault.
    private static readonly LabFaults[] OverSsh =
    [
        LabFaults.RefuseConnection, LabFaults.NotSsh, LabFaults.OldAlgorithmsOnly, LabFaults.RefuseLogin, LabFaults.RefuseEnable, LabFaults.StrangePrompt,
        LabFaults.DropDuringCommand, LabFaults.HangDuringCommand, LabFaults.ErrorToEveryCommand, LabFaults.RefuseShell, LabFaults.PagesEverything, LabFaults.SlowDrip,
        LabFaults.Silent, LabFaults.RefuseConnection, LabFaults.DropDuringCommand, LabFaults.ErrorToEveryCommand,
    ];

    private static readonly LabFaults[] OverTelnet =
    [
        LabFaults.Silent, LabFaults.RefuseEnable, LabFaults.RefuseLogin, LabFaults.DropDuringCommand, LabFaults.EndlessOutput, LabFaults.ErrorToEveryCommand, LabFaults.RefuseConnection,
    ];

    /// <summary>The same devices, some of them faulty. Which ones depends on nothing but the list.</summary>
    /// <param name="hasEnable">Whether a device's platform raises privilege: only then can it refuse to.</param>
    /// <param name="refusesOldSsh">Whether a device's platform is spoken to with modern algorithms only.</param>
    public static IReadOnlyList<LabDevice> Spread(IReadOnlyList<LabDevice> devices, Func<LabDevice, bool> hasEnable, Func<LabDevice, bool> refusesOldSsh)
    {
        var (ssh, telnet) = (new List<LabFaults>(OverSsh), new List<LabFaults>(OverTelnet));
        var faulty = new LabDevice[devices.Count];
        for (var index = 0; index < devices.Count; index++)
        {
            var device = devices[index];
            faulty[index] = device;
            if (index % 9 != 4 && index % 27 != 1)
                continue;

            var left = device.Protocol == Protocol.Ssh ? ssh : telnet;
            var next = left.FindIndex(fault => fault switch
            {
                LabFaults.RefuseEnable => hasEnable(device),
                LabFaults.OldAlgorithmsOnly => refusesOldSsh(device),
                _ => true,
            });
            if (next < 0)
                continue;

            faulty[index] = device with { Faults = left[next] };
            left.RemoveAt(next);
        }

        return faulty;
    }
}
