using Trigger.Devices;
using Trigger.Devices.Platforms;

namespace Trigger.Jobs.Plays;

/// <summary>What a device says of itself, by what was asked: version, inventory, clock and configuration, as far as its platform tells how to ask.</summary>
public sealed class GatherInfo(PlatformCatalog platforms) : Commando<IReadOnlyDictionary<string, string>>
{
    /// <summary>One missing answer must not cost the others.</summary>
    public override bool WithErrors => true;

    protected override IReadOnlyList<string?> BaseOf(NetDevice device)
    {
        if (!platforms.TryGet(device.Platform, out var platform))
            return ["show version"];

        var samples = platform.Samples;
        return [.. new[] { samples.ShowVersion, samples.ShowInventory, samples.ShowClock, samples.ShowConfig }.Where(command => command.Length > 0 && platform.MayRepeat(command)).Distinct()];
    }

    protected override IReadOnlyDictionary<string, string> FromBase(NetDevice device, IReadOnlyList<string?> answers) =>
        BaseOf(device).Zip(answers).ToDictionary(pair => pair.First!, pair => pair.Second!);
}
