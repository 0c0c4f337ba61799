using Trigger.Devices;
using Trigger.Devices.Platforms;

namespace Trigger.Jobs.Plays;

/// <summary>What devices run. The command is the platform's own.</summary>
public sealed class ShowVersion(PlatformCatalog platforms) : Commando<string>
{
    protected override IReadOnlyList<string?> BaseOf(NetDevice device) =>
        platforms.TryGet(device.Platform, out var platform) && platform.Samples.ShowVersion is { Length: > 0 } command ? [command] : ["show version"];

    protected override string FromBase(NetDevice device, IReadOnlyList<string?> answers) => answers[0]!;
}
