using System.CommandLine;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Node;
using Trigger.Wire;
using Trigger.Wire.Ssh.Config;

namespace Trigger.Cli.Input;

/// <summary>How SSH devices are reached when not straight: jump hosts and an ssh_config.</summary>
internal sealed class WayOptions
{
    private readonly Option<string?> jump = new("--jump", "-J")
    {
        Description = "Reach SSH devices through these hosts, one after the other. A row's own 'jump' comes first.", HelpName = "[USER@]HOST[:PORT],…",
    };

    private readonly Option<string?> config = new("--ssh-config") { Description = "Follow this ssh_config: HostName, Port, ProxyJump, ProxyCommand, algorithms, … It is not read unless named.", HelpName = "FILE" };

    private readonly Option<string?> credentials = new("--jump-credentials")
    {
        Description = "A credentials file for jump hosts. Default: the user, keys and agent given for the devices, never their password.", HelpName = "FILE",
    };

    private readonly Option<bool> telnetFallback = new("--telnet-fallback")
    {
        Arity = ArgumentArity.Zero, Description = "Call a device by Telnet when its SSH port refuses or does not answer; the password then goes in clear. A row's 'telnetFallback=no' forbids it.",
    };

    public void AddTo(Command command)
    {
        command.Add(telnetFallback);
        command.Add(jump);
        command.Add(config);
        command.Add(credentials);
    }

    /// <summary>Whether any device may be called by Telnet when there is no SSH.</summary>
    public bool TelnetFallback(ParseResult line) => line.GetValue(telnetFallback) || Configured.Settings.Flag("ssh.telnet-fallback");

    /// <summary>The ssh_config that was named, or null. Its mistakes and notes are told.</summary>
    public SshConfig? Config(ParseResult line, Mistakes mistakes)
    {
        var read = (line.GetValue(config) ?? Configured.Settings.Text("ssh.config")) is { } path ? SshConfig.Load(path) : null;
        mistakes.Add(read?.Mistakes ?? []);
        foreach (var note in read?.Notes ?? [])
            Console.Error.WriteLine(note);
        return read;
    }

    /// <summary>The ways, or null for straight ones. Mistakes of every file and row are told at once.</summary>
    /// <param name="devices">Null when they are not known yet: then any of them may have hops of its own.</param>
    /// <param name="who">Who to be on the devices; null when that is not known, which is a mistake already.</param>
    public SshWays? Read(ParseResult line, IReadOnlyList<NetDevice>? devices, Credentials? who, Mistakes mistakes) =>
        Read(line, devices, Config(line, mistakes), who is null ? null : () => Copy(who, null, who.UseAgent || NothingElse(who)), mistakes);

    /// <summary>Likewise, with an ssh_config that was read already.</summary>
    /// <param name="own">Makes who to be at hops when no file says it; null when nobody knows.</param>
    public SshWays? Read(ParseResult line, IReadOnlyList<NetDevice>? devices, SshConfig? read, Func<LineCredentials>? own, Mistakes mistakes)
    {
        var hops = Hops(line, mistakes);
        mistakes.Add(devices?.Select(Node.TelnetFallback.Mistake).OfType<string>() ?? []);
        if (hops.Count == 0 && read is null && devices?.Any(device => device.Fields.GetValueOrDefault(SshWays.Field) is { Length: > 0 }) == false)
            return null;

        var hopCredentials = HopCredentials(line, own, mistakes);
        if (mistakes.Any || hopCredentials is null)
        {
            hopCredentials?.Dispose();
            return null;
        }

        var ways = new SshWays(read, hops, hopCredentials);
        mistakes.Add(devices?.Select(ways.Mistake).OfType<string>() ?? []);
        return ways;
    }

    private IReadOnlyList<SshHop> Hops(ParseResult line, Mistakes mistakes)
    {
        if ((line.GetValue(jump) ?? string.Join(',', Configured.Settings.Texts("ssh.jump"))) is not { Length: > 0 } text)
            return [];

        if (SshHop.ParseList(text) is { } hops)
            return hops;

        mistakes.Add($"--jump: '{text}' is no list of jump hosts: user@host:port, separated by commas.");
        return [];
    }

    private LineCredentials? HopCredentials(ParseResult line, Func<LineCredentials>? devices, Mistakes mistakes)
    {
        if ((line.GetValue(credentials) ?? Configured.Settings.Text("credentials.jump")) is not { } file)
            return devices?.Invoke();

        var found = CredentialSource.Read(file, _ => null);
        mistakes.Add(found.Mistakes);
        using var own = found.Credentials;
        return own is null ? null : Copy(own, own.Password, own.UseAgent);
    }

    // Without a key for the hop the agent is all that is left, and it shows nothing secret.
    private static bool NothingElse(Credentials who) => who.PrivateKeys.Count == 0 && Environment.GetEnvironmentVariable("SSH_AUTH_SOCK") is { Length: > 0 };

    private static LineCredentials Copy(Credentials who, Secret? password, bool useAgent) => new()
    {
        UserName = who.UserName.Length > 0 ? who.UserName : Environment.UserName,
        Password = password?.Utf8.ToArray(),
        Keys = [.. who.PrivateKeys.Select(key => new LineCredentials.PrivateKey(key.Path, File.ReadAllBytes(key.Path), key.Passphrase?.Utf8.ToArray()))],
        UseAgent = useAgent,
    };
}
