using System.CommandLine;
using System.Text.Json;
using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;
using Trigger.Node;
using Trigger.Sessions.Detection;
using Trigger.Wire.Ssh;
using Trigger.Wire.Telnet;

namespace Trigger.Cli.Detect;

/// <summary><c>trigger detect</c>: asks devices what they are.</summary>
internal sealed class DetectVerb
{
    private readonly Argument<string[]> hosts = new("host") { Description = "Devices of the inventory by name or selection, or addresses: host, host:port.", HelpName = "HOST", Arity = ArgumentArity.ZeroOrMore };
    private readonly InventoryOptions inventory = new();
    private readonly Option<bool> telnet = new("--telnet") { Arity = ArgumentArity.Zero, Description = "Addresses are reached by Telnet (port 23 unless they name one)." };
    private readonly Option<bool> json = new("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line." };
    private readonly Option<string> timeout = new("--timeout") { Description = "How long one device may take.", HelpName = "TIME", DefaultValueFactory = _ => Configured.Settings.Text("detect.timeout")! };
    private readonly Option<string> parallel = new("--parallel") { Description = "How many are asked at a time.", HelpName = "N", DefaultValueFactory = _ => Configured.Settings.Text("detect.parallel")! };
    private readonly Option<string?> platforms = PlatformOption.Create();
    private readonly CredentialOptions credentials = new();
    private readonly WayOptions ways = new();
    private readonly HostKeyOptions hostKeys = new();

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new DetectVerb();
        var detect = new Command("detect", "Logs in and finds out a device's platform: by its SSH identification, login text and prompt, then by commands that only read.")
        {
            verb.hosts, verb.telnet, verb.json, verb.timeout, verb.parallel, verb.platforms,
        };
        verb.inventory.AddTo(detect);
        verb.credentials.AddTo(detect);
        verb.ways.AddTo(detect);
        verb.hostKeys.AddTo(detect);
        detect.SetAction(verb.Act);
        examples.Add(detect, "trigger detect 192.0.2.1 --user admin --accept-new\ntrigger detect core1 core2 --inventory netdevices.csv --json\ntrigger detect --on 'site=AMS model~^N9K'");
        return detect;
    }

    private async Task<int> Act(ParseResult line, CancellationToken cancellation)
    {
        var mistakes = new Mistakes();
        var catalog = PlatformOption.Catalog(line, platforms);
        var patience = Numbers.Time("--timeout", line.GetValue(timeout), mistakes) ?? TimeSpan.FromMinutes(1);
        var atOnce = Numbers.Whole("--parallel", line.GetValue(parallel)!, 1, 1000, mistakes);
        var devices = Devices(line, catalog, mistakes);
        using var who = mistakes.Any ? null : credentials.Book(line, new NetDevices(devices), mistakes);
        using var led = mistakes.Any ? null : ways.Read(line, devices, who?.First, mistakes);
        mistakes.Add(devices.Where(device => who?.For(device).Count == 0).Select(CredentialOptions.NoneFits));
        if (who is null || mistakes.Any)
            return mistakes.Say(Console.Error);

        using var ssh = new SshTransport(hostKeys.Store(line, Console.Error.WriteLine), hostKeys.Policy(line), reactorCount: 1, warn: Console.Error.WriteLine);
        var detector = new PlatformDetector(new LineDialer(new TelnetDialer(), ssh, led, new TelnetFallback(ways.TelnetFallback(line), led, Console.Error.WriteLine)).Dial, catalog, TimeProvider.System);
        return await Ask(detector, devices, who, patience, atOnce, line.GetValue(json), cancellation);
    }

    private static async Task<int> Ask(PlatformDetector detector, List<NetDevice> devices, CredentialBook who, TimeSpan patience, int atOnce, bool asJson, CancellationToken cancellation)
    {
        var failed = 0;
        using var turn = new SemaphoreSlim(1);
        await Parallel.ForEachAsync(devices, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellation }, async (device, stop) =>
        {
            var report = await detector.Detect(device, who.For(device)[0], patience, stop);
            await turn.WaitAsync(stop);
            try
            {
                failed += report.Sureness == Sureness.Unknown || report.Fault is not null ? 1 : 0;
                if (asJson)
                    WriteJson(device, report);
                else
                    WriteText(device, report);
            }
            finally
            {
                turn.Release();
            }
        });
        return failed == 0 ? ExitCode.AllWell : ExitCode.SomeFailed;
    }

    private List<NetDevice> Devices(ParseResult line, PlatformCatalog catalog, Mistakes mistakes)
    {
        var named = line.GetValue(hosts) ?? [];
        if (named.Length == 0 && inventory.Selection(line).Length == 0)
            mistakes.Add("Say which devices: by name, address, or with --on.");
        return [.. inventory.NamedOrAddressed(line, named, catalog, host => AdHocDevice.At(host, "unknown", line.GetValue(telnet) ? Protocol.Telnet : Protocol.Ssh), anyName: true, mistakes)];
    }

    private static void WriteText(NetDevice device, DetectionReport report)
    {
        var best = report.Guesses.Count > 0 ? report.Guesses[0].Platform : "unknown";
        Console.WriteLine($"{device.Name}  {best}  {report.Sureness.ToString().ToLowerInvariant()}");
        foreach (var guess in report.Guesses.Take(report.Sureness == Sureness.Certain ? 1 : 4))
            Console.WriteLine($"  {guess.Score,4}  {guess.Platform}: {string.Join("; ", guess.Why)}");
        if (report.Sent.Count > 0)
            Console.WriteLine($"  asked: {string.Join(", ", report.Sent)}");
        if (report.Fault is { } fault)
            Console.WriteLine($"  ended early: {fault.Text}");
    }

    private static void WriteJson(NetDevice device, DetectionReport report)
    {
        using var output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("device", device.Name);
            json.WriteString("platform", report.Guesses.Count > 0 ? report.Guesses[0].Platform : null);
            json.WriteString("sureness", report.Sureness.ToString().ToLowerInvariant());
            json.WriteString("prompt", report.Prompt);
            json.WriteStartArray("guesses");
            foreach (var guess in report.Guesses)
            {
                json.WriteStartObject();
                json.WriteString("platform", guess.Platform);
                json.WriteNumber("score", guess.Score);
                json.WriteStartArray("why");
                foreach (var why in guess.Why)
                    json.WriteStringValue(why);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("sent");
            foreach (var sent in report.Sent)
                json.WriteStringValue(sent);
            json.WriteEndArray();
            json.WriteString("fault", report.Fault?.ToString());
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
