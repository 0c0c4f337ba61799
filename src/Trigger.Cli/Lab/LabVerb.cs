using System.CommandLine;
using System.Runtime.InteropServices;
using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Lab;

namespace Trigger.Cli.Lab;

/// <summary><c>trigger lab</c>: pretend devices on loopback, for trying things out.</summary>
internal sealed class LabVerb
{
    private readonly Option<string> devices = new("--devices", "-n") { Description = "How many.", HelpName = "N", DefaultValueFactory = _ => Configured.Settings.Text("lab.devices")! };
    private readonly Option<string?> platform = new("--platform") { Description = "All of this platform. Default: a mixture.", HelpName = "PLATFORM" };
    private readonly Option<string?> protocol = new("--protocol") { Description = "ssh or telnet. Default: mostly ssh.", HelpName = "PROTOCOL" };
    private readonly Option<string?> inventory = new("--inventory") { Description = "Write their inventory (CSV) to FILE.", HelpName = "FILE" };
    private readonly Option<bool> faults = new("--faults") { Arity = ArgumentArity.Zero, Description = "Let one in ten fail, in every way that devices fail." };

    private readonly Option<string[]> replay = new("--replay") { Description = "Serve devices that 'trigger run --record' has recorded, instead of pretended ones; any user and password will do.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> replaySpeed = new("--replay-speed") { Description = "How many times faster than recorded, 0.01 to 1000, or max for without waiting. Default: 1.", HelpName = "N|max" };
    private readonly Option<string?> platforms = PlatformOption.Create();

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new LabVerb();
        var lab = new Command("lab", "Serves pretend devices on 127.0.0.1 until interrupted; says 'ready' when all listen. User, password and enable password are 'lab'.")
        {
            verb.devices, verb.platform, verb.protocol, verb.inventory, verb.faults, verb.replay, verb.replaySpeed, verb.platforms,
        };
        lab.SetAction((line, _) => verb.Act(line));
        examples.Add(lab, "trigger lab --devices 200 --inventory lab.csv\ntrigger lab --devices 10 --platform arista_eos --protocol ssh --inventory lab.csv\ntrigger run --on core1 -c 'show version' --record ./seen && trigger lab --replay ./seen/core1.1.dialogue --inventory lab.csv");
        return lab;
    }

    private async Task<int> Act(ParseResult line)
    {
        var mistakes = new Mistakes();
        var catalog = PlatformOption.Catalog(line, platforms);
        var count = Numbers.Whole("--devices", line.GetValue(devices)!, 1, 20_000, mistakes);
        var over = ProtocolOf(line.GetValue(protocol), mistakes);
        if (line.GetValue(platform) is { } id && !catalog.Contains(id))
            mistakes.Add($"--platform: there is no platform '{id}'{catalog.Hint(id)}");
        var speed = ReplayCall.Speed(line.GetValue(replaySpeed), mistakes);
        var recordings = ReplayCall.Read(line.GetValue(replay) ?? [], catalog, mistakes);
        if (mistakes.Any)
            return mistakes.Say(Console.Error);

        if (recordings.Count > 0)
        {
            await using var recorded = ReplayCall.Start(recordings, speed, catalog);
            return await Serve(line, recorded.Devices, catalog);
        }

        var planned = Plan(count, catalog, line.GetValue(platform), over);
        if (line.GetValue(faults))
            planned = LabFaultPlan.Spread(planned, device => catalog.Get(device.Platform).Enable is not null, device => !catalog.Get(device.Platform).LegacySsh);

        await using var grounds = LabGrounds.Start(catalog, TimeProvider.System, planned);
        return await Serve(line, grounds.Devices, catalog);
    }

    private async Task<int> Serve(ParseResult line, IReadOnlyList<LabDevice> serving, PlatformCatalog catalog)
    {
        if (line.GetValue(inventory) is { } file)
            LabFleet.WriteInventory(file, serving, catalog);
        Console.WriteLine("ready");

        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        await interrupted.Task;
        return ExitCode.AllWell;

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interrupted.TrySetResult();
        }
    }

    // In a mixture, every fourth device of a platform that would normally be met over SSH still answers Telnet, as in most networks.
    private static IReadOnlyList<LabDevice> Plan(int count, PlatformCatalog catalog, string? platform, Protocol? over)
    {
        var planned = LabFleet.Plan(count, catalog, platform, over);
        return platform is not null || over is not null
            ? planned
            : [.. planned.Select((device, index) => index % 4 == 3 && catalog.Get(device.Platform).Enable is not null ? device with { Protocol = Protocol.Telnet } : device)];
    }

    private static Protocol? ProtocolOf(string? text, Mistakes mistakes)
    {
        switch (text)
        {
            case null:
                return null;
            case "ssh":
                return Protocol.Ssh;
            case "telnet":
                return Protocol.Telnet;
            default:
                mistakes.Add($"--protocol is '{text}'; it must be ssh or telnet.");
                return null;
        }
    }
}
