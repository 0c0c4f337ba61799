using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Cli.Terminal;
using Trigger.Devices.Credentials;
using Trigger.Sessions;
using Trigger.Wire;
using Trigger.Wire.Dialogue;
using Trigger.Wire.Ssh;

namespace Trigger.Cli.Shell;

/// <summary><c>trigger ssh [user@]HOST [COMMAND]</c>.</summary>
internal sealed class SshVerb
{
    private readonly Argument<string> host = new("host") { Description = "[USER@]HOST, a name or an address; it need not be in an inventory.", HelpName = "HOST" };
    private readonly Argument<string[]> command = new("command") { Description = "Run this instead of a shell; quote it.", HelpName = "COMMAND", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> port = new("--port", "-p") { Description = "Default: 22.", HelpName = "PORT", DefaultValueFactory = _ => "22" };
    private readonly Option<string?> user = new("--user", "-l") { Description = "Log in as NAME. Default: $TRIGGER_USERNAME, else your own name.", HelpName = "NAME" };
    private readonly Option<string[]> identity = new("--identity") { Description = "A private key. Default: the agent's, and ~/.ssh/id_ed25519, id_ecdsa, id_rsa.", HelpName = "FILE" };
    private readonly Option<bool> terminal = new("--tty", "-t") { Arity = ArgumentArity.Zero, Description = "Ask for a terminal for a COMMAND, too." };
    private readonly Option<bool> noTerminal = new("--no-tty", "-T") { Arity = ArgumentArity.Zero, Description = "Ask for no terminal." };
    private readonly Option<bool> legacy = new("--legacy") { Arity = ArgumentArity.Zero, Description = "Allow SHA-1, ssh-rsa and CBC, for old devices." };
    private readonly Option<string?> timeout = new("--timeout") { Description = "How long connecting, the handshake and the login may take, each. Default: 15 to 30 s.", HelpName = "TIME" };
    private readonly WayOptions ways = new();
    private readonly HostKeyOptions hostKeys = new();
    private readonly ShellOptions shell = new("~.");

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new SshVerb();
        var ssh = new Command("ssh", "Talks SSH with a host, or runs one command there. Exit code: that of the command or shell, 255 when it could not be run, 2 bad input.") { verb.host, verb.command };
        foreach (var option in new Option[] { verb.port, verb.user, verb.identity, verb.terminal, verb.noTerminal, verb.legacy, verb.timeout })
            ssh.Add(option);
        verb.ways.AddTo(ssh);
        verb.hostKeys.AddTo(ssh);
        verb.shell.AddTo(ssh);
        ssh.SetAction(verb.Act);
        examples.Add(ssh, """
            trigger ssh admin@router1
            trigger ssh -p 2222 --accept-new 127.0.0.1 'uptime; exit 3'; echo $?
            trigger ssh router1 --transcript router1.log
            trigger ssh -J you@bastion admin@10.1.2.3
            """);
        return ssh;
    }

    private async Task<int> Act(ParseResult line, CancellationToken cancel)
    {
        var mistakes = new Mistakes();
        var target = SshTarget.Parse(line.GetValue(host)!);
        var dial = Dial(line, target, mistakes);
        var config = ways.Config(line, mistakes);
        var said = mistakes.Any ? null : config?.For(target.Host, line.GetValue(user) ?? target.User);
        var name = line.GetValue(user) ?? target.User ?? said?.User ?? Environment.GetEnvironmentVariable(CredentialSource.UserNameVariable) ?? Environment.UserName;
        var keys = line.GetValue(identity) is { Length: > 0 } named ? named : said?.IdentityFiles.Where(File.Exists).ToArray() ?? [];
        using var who = SshIdentity.Gather(name, keys, Environment.GetEnvironmentVariable(CredentialSource.PasswordVariable), mistakes);
        using var manners = shell.Read(line, mistakes);
        var device = AdHocDevice.At(target.Host, target.Host, line.GetResult(port) is { Implicit: false } ? dial.Port : null);
        using var led = ways.Read(line, [device], config, () => SshIdentity.WithoutPassword(who), mistakes);
        if (mistakes.Any || manners is null)
            return mistakes.Say(Console.Error);

        using var transport = new SshTransport(hostKeys.Store(line, Console.Error.WriteLine), hostKeys.Policy(line), reactorCount: 1, warn: Console.Error.WriteLine);
        return await Talk(transport, led?.Lead(device, dial) ?? dial, manners, who, cancel).ConfigureAwait(false);
    }

    /// <summary>Makes the call, and says why when it cannot; also for a console server's line.</summary>
    internal static async Task<int> Talk(SshTransport transport, SshDial dial, ShellManners manners, LineCredentials who, CancellationToken cancel)
    {
        try
        {
            // A command ends by itself, however long it is silent.
            var patient = dial.Service is SshService.Exec ? manners with { Linger = Timeout.InfiniteTimeSpan } : manners;
            return await new SshCall(transport, dial, patient).Make(who, cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return SshCall.OwnTrouble;
        }
        catch (LineOpenException failed)
        {
            Console.Error.WriteLine($"trigger: {FaultOf.Line(failed.Fault, "connecting", who.UserName, "").Text}");
            return SshCall.OwnTrouble;
        }
    }

    private SshDial Dial(ParseResult line, SshTarget target, Mistakes mistakes)
    {
        var words = string.Join(' ', line.GetValue(command) ?? []);
        var limits = DialLimits.Usual;
        if (Numbers.Time("--timeout", line.GetValue(timeout), mistakes) is { } limit)
            limits = limits with { Connect = limit, Handshake = limit, Authenticate = limit, OpenShell = limit };

        var (columns, rows) = ShellDesk.Size;
        return new SshDial
        {
            Host = target.Host,
            Port = Numbers.Whole("--port", line.GetValue(port)!, 1, 65535, mistakes),
            Limits = limits,
            Algorithms = line.GetValue(legacy) ? SshAlgorithms.Legacy : SshAlgorithms.Modern,
            Service = words.Length > 0 ? new SshService.Exec(words) : new SshService.Shell(),

            // As ssh has it: a person at a shell gets a terminal, a pipe and a command do not unless they ask.
            Terminal = !line.GetValue(noTerminal) && (line.GetValue(terminal) || (words.Length == 0 && RawTerminal.IsThere)),
            SeparateStderr = true,
            TerminalType = ShellDesk.TerminalType,
            Columns = columns,
            Rows = rows,
        };
    }
}
