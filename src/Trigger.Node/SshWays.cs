using System.Collections.Concurrent;
using Trigger.Devices;
using Trigger.Wire;
using Trigger.Wire.Ssh;
using Trigger.Wire.Ssh.Config;

namespace Trigger.Node;

/// <summary>
/// The ways to devices over SSH: what an ssh_config says of them, and the jump hosts before them. A row's own <c>jump</c> (a list as <c>user@host:port,…</c>, or <c>none</c>) comes before the
/// run's, and that before the configuration's. Lines that go the same way share logins to its hops. Must outlive the transport's last dial.
/// </summary>
/// <param name="config">What is said of hosts; null if nothing is.</param>
/// <param name="jumps">The hops to every device whose row names none of its own.</param>
/// <param name="hopCredentials">Who to be at hops. Owned from here on. The devices' passwords are no part of it unless somebody put them there.</param>
public sealed class SshWays(SshConfig? config, IReadOnlyList<SshHop> jumps, LineCredentials hopCredentials) : IDisposable
{
    /// <summary>The field of a row that names its jump hosts.</summary>
    public const string Field = "jump";

    private readonly ConcurrentDictionary<string, KnownHosts> stores = new();
    private readonly ConcurrentDictionary<string, LineCredentials> credentials = new();
    private readonly Dictionary<string, SshJump?> ways = [];
    private readonly Lock gate = new();

    /// <summary>What is wrong with the way to a device; null when nothing is. Asked before anything is dialled.</summary>
    public string? Mistake(NetDevice device)
    {
        try
        {
            Lead(device, new SshDial { Host = device.Host, Port = device.Port ?? 22, Limits = NoLimits, Algorithms = SshAlgorithms.Modern }, keep: false);
            return null;
        }
        catch (ArgumentException wrong)
        {
            return $"{device.Name}: {wrong.Message}";
        }
    }

    /// <summary>Whether nothing stands between here and the device: no jump host, and no proxy command.</summary>
    /// <exception cref="ArgumentException">The row's jump hosts cannot be read.</exception>
    public bool IsStraight(NetDevice device) =>
        Lead(device, new SshDial { Host = device.Host, Port = device.Port ?? 22, Limits = NoLimits, Algorithms = SshAlgorithms.Modern }, keep: false) is { Jump: null, ProxyCommand: null };

    /// <summary>The dial on its way.</summary>
    /// <exception cref="ArgumentException">The row's jump hosts cannot be read, or the hops need each other; <see cref="Mistake"/> tells before.</exception>
    public SshDial Lead(NetDevice device, SshDial dial) => Lead(device, dial, keep: true);

    public void Dispose()
    {
        hopCredentials.Dispose();
        foreach (var own in credentials.Values)
            own.Dispose();
    }

    private static DialLimits NoLimits => new() { Connect = TimeSpan.Zero, Handshake = TimeSpan.Zero, Authenticate = TimeSpan.Zero, OpenShell = TimeSpan.Zero };

    private SshDial Lead(NetDevice device, SshDial dial, bool keep)
    {
        if (config?.For(device.Host, port: device.Port) is { } said)
            dial = Hops(device, said.Jumps) is var hops && hops.Count > 0 ? Through(said.Apply(dial, Store), hops, keep) : said.Apply(dial, Store);
        else if (Hops(device, []) is { Count: > 0 } only)
            dial = Through(dial, only, keep);

        return device.Port is { } port ? dial with { Port = port } : dial;
    }

    private IReadOnlyList<SshHop> Hops(NetDevice device, IReadOnlyList<SshHop> configured)
    {
        if (device.Fields.GetValueOrDefault(Field) is { Length: > 0 } own)
            return SshHop.ParseList(own) ?? throw new ArgumentException($"'{own}' is no list of jump hosts: user@host:port, separated by commas, or none.");

        return jumps.Count > 0 ? jumps : configured;
    }

    private SshDial Through(SshDial dial, IReadOnlyList<SshHop> hops, bool keep)
    {
        // The hops are servers of today, however old the device behind them is.
        var template = dial with { Algorithms = SshAlgorithms.Modern, Service = new SshService.Shell(), Environment = new Dictionary<string, string>(), BindAddress = null, Jump = null };
        if (!keep)
            return dial with { Jump = SshWay.Through(hops, config, template, (_, _) => hopCredentials, Store) };

        // Kept, since lines share a login only by the very same way.
        lock (gate)
        {
            var name = string.Join(',', hops);
            if (!ways.TryGetValue(name, out var way))
                ways[name] = way = SshWay.Through(hops, config, template, Who, Store);

            return dial with { Jump = way, ProxyCommand = null, BindAddress = null };
        }
    }

    private LineCredentials Who(SshHop hop, SshHostConfig? said) => credentials.GetOrAdd(hop.ToString(), _ =>
    {
        var files = said?.IdentityFiles.Where(File.Exists) ?? [];
        return new LineCredentials
        {
            UserName = said?.User ?? hop.User ?? hopCredentials.UserName,
            Password = hopCredentials.Password?.ToArray(),
            Keys = [.. files.Select(file => new LineCredentials.PrivateKey(file, File.ReadAllBytes(file), null)), .. hopCredentials.Keys.Select(Copy)],
            UseAgent = hopCredentials.UseAgent && said is not { IdentitiesOnly: true } && said?.IdentityAgent != "",
            AgentSocket = said?.IdentityAgent,
        };
    });

    private static LineCredentials.PrivateKey Copy(LineCredentials.PrivateKey key) => new(key.Name, [.. key.Pem], key.Passphrase?.ToArray());

    private KnownHosts Store(IReadOnlyList<string> files) => stores.GetOrAdd(string.Join('\n', files), _ => new KnownHosts(files[0], files.Skip(1)));
}
