using System.CommandLine;
using Trigger.Wire.Ssh;

namespace Trigger.Cli.Input;

/// <summary>What to do about hosts that are not known.</summary>
internal sealed class HostKeyOptions
{
    private readonly Option<bool> acceptNew = new("--accept-new") { Arity = ArgumentArity.Zero, Description = "Record the SSH host key of a host seen for the first time. A changed key is refused all the same." };

    private readonly Option<string?> knownHosts = new("--known-hosts") { Description = "SSH host keys. Default: ~/.ssh/known_hosts.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Add(acceptNew);
        command.Add(knownHosts);
    }

    public HostKeyPolicy Policy(ParseResult line) => line.GetValue(acceptNew) || Configured.Settings.Text("ssh.unknown-hosts") == "record" ? HostKeyPolicy.AcceptNew : HostKeyPolicy.Strict;

    public KnownHosts Store(ParseResult line, Action<string> audit)
    {
        var (own, others) = line.GetValue(knownHosts) is { } file ? (file, []) : Places.KnownHosts();
        var hosts = new KnownHosts(own, others);
        foreach (var mistake in hosts.Mistakes)
            audit(mistake);

        return hosts;
    }
}
