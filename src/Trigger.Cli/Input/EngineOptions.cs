using System.CommandLine;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Platforms;
using Trigger.Node;
using Trigger.Node.Telemetry;
using Trigger.Sessions.Recording;

namespace Trigger.Cli.Input;

/// <summary>How the engine behaves towards hosts it does not know, and where it keeps its journal.</summary>
internal sealed class EngineOptions
{
    private readonly Option<StatePlace> state = StateOption.Create();

    private readonly HostKeyOptions hostKeys = new();

    private readonly Option<string?> loginTimeout = new("--login-timeout")
    {
        Description = "How long connecting, the SSH handshake, the login and enabling may take, each. Default: the platform's own limits (15 to 30 s).", HelpName = "TIME",
    };

    private readonly Option<string?> otlp = new("--otlp") { Description = "Send traces and figures to this OpenTelemetry receiver, such as http://127.0.0.1:4318. Default: the setting node.telemetry.otlp-endpoint, else nowhere.", HelpName = "URL" };

    private readonly Option<string?> platforms = PlatformOption.Create();

    private readonly WayOptions ways = new();

    public void AddTo(Command command)
    {
        ways.AddTo(command);
        command.Add(loginTimeout);
        command.Add(otlp);
        hostKeys.AddTo(command);
        command.Add(state);
        command.Add(platforms);
    }

    public TimeSpan? LoginLimit(ParseResult line, Mistakes mistakes) => Numbers.Time("--login-timeout", line.GetValue(loginTimeout) ?? Configured.Settings.Text("run.login-timeout"), mistakes);

    /// <summary>The ways to devices, or null for straight ones. Devices that are not known yet (null) may have hops in their rows.</summary>
    public SshWays? Ways(ParseResult line, IReadOnlyList<NetDevice>? devices, Credentials? who, Mistakes mistakes) => ways.Read(line, devices, who, mistakes);

    public bool TelnetFallback(ParseResult line) => ways.TelnetFallback(line);

    public HostKeyOptions HostKeys => hostKeys;

    public string State(ParseResult line) => line.GetValue(state)!.Address;

    public PlatformCatalog Platforms(ParseResult line) => PlatformOption.Catalog(line, platforms);

    /// <summary>Where traces and figures go; null for nowhere.</summary>
    public TelemetryOptions? Telemetry(ParseResult line, List<string> mistakes) => NodeSettings.Telemetry(Configured.Settings, line.GetValue(otlp), mistakes);

    /// <exception cref="NodeException">The place of the journal cannot be used, or what is said of telemetry is wrong.</exception>
    public TriggerNode Start(ParseResult line, PlatformCatalog catalog, TimeSpan? loginLimit, SshWays? ways, Action<string> audit, SessionRecorder? recorder = null)
    {
        var mistakes = new List<string>();
        var telemetry = Telemetry(line, mistakes);
        if (mistakes.Count > 0)
            throw new NodeException(string.Join(' ', mistakes), new ArgumentException(mistakes[0]));

        return TriggerNode.Start(new NodeOptions
        {
            Telemetry = telemetry,
            StateDirectory = State(line),
            Platforms = catalog,
            KnownHosts = hostKeys.Store(line, audit),
            HostKeys = hostKeys.Policy(line),
            LoginLimit = loginLimit,
            Ways = ways,
            TelnetFallback = TelnetFallback(line),
            Around = recorder is null ? null : dial => recorder.Around(dial),
            Audit = audit,
        });
    }
}
