using System.CommandLine;
using System.Text.Json;
using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Wire;

namespace Trigger.Cli.Device;

/// <summary><c>trigger device reach</c>: whether devices answer at their port, and what they say first. Nobody logs in (Trigger's <c>ping</c> and <c>test_ssh</c>).</summary>
internal sealed class ReachVerb
{
    private readonly Argument<string[]> names = new("device") { Description = "Names, or a selection.", HelpName = "DEVICE", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> timeout = new("--timeout") { Description = "How long one device may take.", HelpName = "TIME", DefaultValueFactory = _ => Configured.Settings.Text("reach.timeout")! };
    private readonly Option<string> parallel = new("--parallel") { Description = "How many at a time.", HelpName = "N", DefaultValueFactory = _ => Configured.Settings.Text("reach.parallel")! };
    private readonly Option<bool> json = new("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line." };
    private readonly InventoryOptions inventory = new();

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new ReachVerb();
        var reach = new Command("reach", "Connects to the port of devices and hangs up again: who answers, and with which SSH? Straight, never through jump hosts. Exit code: 0 all answer, 1 some do not.")
        {
            verb.names, verb.timeout, verb.parallel, verb.json,
        };
        verb.inventory.AddTo(reach);
        reach.SetAction(verb.Act);
        examples.Add(reach, "trigger device reach core1 core2\ntrigger device reach --on site=AMS --json | jq -r 'select(.reached|not).device'");
        return reach;
    }

    private async Task<int> Act(ParseResult line, CancellationToken cancel)
    {
        var mistakes = new Mistakes();
        var patience = Numbers.Time("--timeout", line.GetValue(timeout), mistakes);
        var most = Numbers.Whole("--parallel", line.GetValue(parallel)!, 1, 10_000, mistakes);
        IReadOnlyList<NetDevice> devices = [];
        var code = DeviceVerb.Read(line, inventory, line.GetValue(names), (chosen, _, _) =>
        {
            devices = chosen;
            return ExitCode.AllWell;
        });
        if (mistakes.Any || code != ExitCode.AllWell)
            return mistakes.Any ? mistakes.Say(Console.Error) : code;

        var probe = new PortProbe(TimeProvider.System);
        var failed = 0;
        var screen = new Lock();
        await Parallel.ForEachAsync(devices, new ParallelOptions { MaxDegreeOfParallelism = most, CancellationToken = cancel }, async (device, stop) =>
        {
            var port = device.Port ?? (device.Protocol == Protocol.Telnet ? 23 : 22);
            var answer = await probe.Ask(device.Host, port, device.Protocol == Protocol.Ssh, patience!.Value, stop).ConfigureAwait(false);
            lock (screen)
            {
                failed += answer.Fault is null ? 0 : 1;
                Show(device, line.GetValue(json), answer);
            }
        }).ConfigureAwait(false);
        return failed == 0 ? ExitCode.AllWell : ExitCode.SomeFailed;
    }

    private static void Show(NetDevice device, bool asJson, PortAnswer answer)
    {
        if (!asJson)
        {
            Console.WriteLine(answer.Fault is null ? $"ok      {device.Name}  {answer.Greeting}  {answer.Elapsed.TotalMilliseconds:0.0} ms" : $"failed  {device.Name}  {answer.Fault}");
            return;
        }

        using var output = Console.OpenStandardOutput();
        using (var to = new Utf8JsonWriter(output))
        {
            to.WriteStartObject();
            to.WriteString("device", device.Name);
            to.WriteBoolean("reached", answer.Fault is null);
            to.WriteString("greeting", answer.Fault is null ? answer.Greeting : null);
            to.WriteString("fault", answer.Fault);
            to.WriteNumber("elapsed_ms", Math.Round(answer.Elapsed.TotalMilliseconds, 3));
            to.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
