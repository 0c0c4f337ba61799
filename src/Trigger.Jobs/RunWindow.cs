using Trigger.Devices.Windows;

namespace Trigger.Jobs;

/// <summary>A bounce window as it was when the run was accepted. On record, so that a restart in another directory, or after an edit of the file, keeps to it.</summary>
public sealed record RunWindow(string Green, string Yellow, string Red, BounceStatus Otherwise, string Zone, bool Weekend)
{
    public static RunWindow Of(BounceWindow window) =>
        new(Hours(window, BounceStatus.Green), Hours(window, BounceStatus.Yellow), Hours(window, BounceStatus.Red), window.Default, window.Zone.Id, window.Weekend);

    public BounceWindow Build() => new(Green, Yellow, Red, Otherwise, TimeZoneInfo.FindSystemTimeZoneById(Zone), Weekend);

    private static string Hours(BounceWindow window, BounceStatus status) => string.Join(',', Enumerable.Range(0, 24).Where(hour => window.ByHour[hour] == status));
}
