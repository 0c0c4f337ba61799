using System.CommandLine;
using Trigger.Devices.Platforms;
using Trigger.Node;
using Trigger.Wire.Ssh;

namespace Trigger.Cli.Input;

/// <summary>How the engine behaves towards hosts it does not know, and where it keeps its journal.</summary>
internal sealed class EngineOptions
{
    private readonly Option<string> state = StateOption.Create();

    private readonly Option<bool> acceptNew = new("--accept-new") { Arity = ArgumentArity.Zero, Description = "Record the SSH host key of a host seen for the first time. A changed key is refused all the same." };

    private readonly Option<string?> knownHosts = new("--known-hosts") { Description = "SSH host keys. Default: ~/.ssh/known_hosts.", HelpName = "FILE" };

    private readonly Option<string?> loginTimeout = new("--login-timeout")
    {
        Description = "How long connecting, the SSH handshake, the login and enabling may take, each. Default: the platform's own limits (15 to 30 s).", HelpName = "TIME",
    };

    private readonly Option<string?> platforms = new("--platforms") { Description = "A directory of platform definitions of your own.", HelpName = "DIR" };

    public void AddTo(Command command)
    {
        command.Add(loginTimeout);
        command.Add(acceptNew);
        command.Add(knownHosts);
        command.Add(state);
        command.Add(platforms);
    }

    public TimeSpan? LoginLimit(ParseResult line, Mistakes mistakes) => Numbers.Time("--login-timeout", line.GetValue(loginTimeout), mistakes);

    public string State(ParseResult line) => line.GetValue(state)!;

    public PlatformCatalog Platforms(ParseResult line) => PlatformCatalog.Load(line.GetValue(platforms));

    public TriggerNode Start(ParseResult line, PlatformCatalog catalog, TimeSpan? loginLimit, Action<string> audit)
    {
        var file = line.GetValue(knownHosts);
        var hosts = new KnownHosts(file ?? Places.KnownHosts(), file is null ? Places.SystemKnownHosts() : []);
        foreach (var mistake in hosts.Mistakes)
            audit(mistake);

        return TriggerNode.Start(new NodeOptions
        {
            StateDirectory = State(line),
            Platforms = catalog,
            KnownHosts = hosts,
            HostKeys = line.GetValue(acceptNew) ? HostKeyPolicy.AcceptNew : HostKeyPolicy.Strict,
            LoginLimit = loginLimit,
            Audit = audit,
        });
    }
}
