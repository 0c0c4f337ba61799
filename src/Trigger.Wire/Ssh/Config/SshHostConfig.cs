using System.Globalization;
using System.Net;

namespace Trigger.Wire.Ssh.Config;

/// <summary>What ssh_config says of one host. A property without a value is not said, and leaves the dial as it is.</summary>
public sealed class SshHostConfig
{
    private readonly SshConfigValues values;

    internal SshHostConfig(SshConfigValues values, SshConfigTokens tokens)
    {
        this.values = values;
        HostName = tokens.HostName;
        Port = tokens.Port;
        User = tokens.User;
        IdentityFiles = [.. values.IdentityFiles.Where(file => file != "none").Select(tokens.Path)];
        IdentitiesOnly = values.Find("identitiesonly")?.ToLowerInvariant() is "yes" or "true";
        IdentityAgent = values.Find("identityagent") is { } agent ? AgentOf(agent, tokens) : null;
        Jumps = SshHop.ParseList(values.Find("proxyjump") ?? "none")!;
        ProxyCommand = values.Rest("proxycommand") is { } command && !command.Equals("none", StringComparison.OrdinalIgnoreCase) ? tokens.Replace(command) : null;
        ConnectTimeout = values.Find("connecttimeout") is { } connect ? SshConfigTime.Parse(connect) : null;
        KeepAlive = values.Find("serveraliveinterval") is { } alive && SshConfigTime.Parse(alive) is { } interval && interval > TimeSpan.Zero
            ? new SshKeepAlive(interval, int.Parse(values.Find("serveralivecountmax") ?? "3", CultureInfo.InvariantCulture))
            : null;
        BindAddress = values.Find("bindaddress") is { } bind ? IPAddress.Parse(bind) : null;
        KnownHostsFiles = [.. values.All("userknownhostsfile").Where(file => file != "none").Select(tokens.Path)];
        HostKeyAlias = values.Find("hostkeyalias");
        HostKeys = values.Find("stricthostkeychecking")?.ToLowerInvariant() switch
        {
            null => null,
            "accept-new" or "no" or "off" => HostKeyPolicy.AcceptNew,
            _ => HostKeyPolicy.Strict,
        };
        Methods = values.Find("preferredauthentications") is { } methods ? [.. methods.Split(',').SelectMany(MethodsOf)] : null;
    }

    /// <summary>The name or address to dial.</summary>
    public string HostName { get; }

    public int? Port { get; }

    public string? User { get; }

    /// <summary>Private keys, tokens and <c>~</c> replaced; whether they exist is the caller's to see.</summary>
    public IReadOnlyList<string> IdentityFiles { get; }

    /// <summary>Whether the agent is to offer nothing: only the identity files count.</summary>
    public bool IdentitiesOnly { get; }

    /// <summary>The agent's socket; empty for "none"; null when not said.</summary>
    public string? IdentityAgent { get; }

    /// <summary>The hops of <c>ProxyJump</c>, the first one first.</summary>
    public IReadOnlyList<SshHop> Jumps { get; }

    /// <summary>The command with its tokens replaced.</summary>
    public string? ProxyCommand { get; }

    public TimeSpan? ConnectTimeout { get; }

    public SshKeepAlive? KeepAlive { get; }

    public IPAddress? BindAddress { get; }

    /// <summary>The files of <c>UserKnownHostsFile</c>; the first gets new keys.</summary>
    public IReadOnlyList<string> KnownHostsFiles { get; }

    public string? HostKeyAlias { get; }

    /// <summary><c>yes</c> and <c>ask</c> are strict, as nobody is there to be asked; <c>no</c> accepts new keys. A changed key is refused in any case.</summary>
    public HostKeyPolicy? HostKeys { get; }

    public IReadOnlyList<SshMethod>? Methods { get; }

    /// <summary>The dial with all that is said of the host but for its jump hosts, whose credentials are not for this file to say.</summary>
    /// <param name="knownHosts">Opens the store of known_hosts files, the first of which gets new keys; the caller keeps one for each list of files.</param>
    public SshDial Apply(SshDial dial, Func<IReadOnlyList<string>, KnownHosts> knownHosts)
    {
        ArgumentNullException.ThrowIfNull(dial);
        ArgumentNullException.ThrowIfNull(knownHosts);
        return dial with
        {
            Host = HostName,
            Port = Port ?? dial.Port,
            Algorithms = Algorithms(dial.Algorithms),
            Limits = ConnectTimeout is { } connect ? dial.Limits with { Connect = connect } : dial.Limits,
            KeepAlive = KeepAlive ?? dial.KeepAlive,
            BindAddress = BindAddress ?? dial.BindAddress,
            HostKeyAlias = HostKeyAlias ?? dial.HostKeyAlias,
            KnownHosts = KnownHostsFiles.Count > 0 ? knownHosts(KnownHostsFiles) : dial.KnownHosts,
            HostKeys = HostKeys ?? dial.HostKeys,
            Methods = Methods ?? dial.Methods,
            ProxyCommand = ProxyCommand ?? dial.ProxyCommand,
        };
    }

    /// <summary>The algorithms, with <c>+</c>, <c>-</c> and <c>^</c> relative to the given ones. Names that libssh does not know are passed over by it.</summary>
    public SshAlgorithms Algorithms(SshAlgorithms ours)
    {
        ArgumentNullException.ThrowIfNull(ours);
        return ours with
        {
            KeyExchange = SshAlgorithmList.Change(ours.KeyExchange, values.Find("kexalgorithms")),
            HostKeys = SshAlgorithmList.Change(ours.HostKeys, values.Find("hostkeyalgorithms")),
            Ciphers = SshAlgorithmList.Change(ours.Ciphers, values.Find("ciphers")),
            Macs = SshAlgorithmList.Change(ours.Macs, values.Find("macs")),
            PublicKeys = values.Find("pubkeyacceptedalgorithms") is { } keys ? SshAlgorithmList.Change(ours.PublicKeys ?? ours.HostKeys, keys) : ours.PublicKeys,
        };
    }

    private static string? AgentOf(string said, SshConfigTokens tokens) => said switch
    {
        "none" => "",
        "SSH_AUTH_SOCK" => null,
        _ when said.StartsWith('$') && !said.StartsWith("${", StringComparison.Ordinal) => Environment.GetEnvironmentVariable(said[1..]) ?? "",
        _ => tokens.Path(said),
    };

    private static IEnumerable<SshMethod> MethodsOf(string name) => name.Trim() switch
    {
        "publickey" => [SshMethod.Keys, SshMethod.Agent],
        "password" => [SshMethod.Password],
        "keyboard-interactive" => [SshMethod.KeyboardInteractive],
        _ => [],
    };
}
