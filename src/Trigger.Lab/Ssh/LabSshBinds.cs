using Trigger.Wire.Ssh;
using Trigger.Wire.Ssh.Native;

namespace Trigger.Lab.Ssh;

/// <summary>libssh's set-up objects (ssh_bind) of one thread: a thousand devices of one kind share one, since making it parses the key.</summary>
internal sealed unsafe class LabSshBinds(LabHostKeys keys) : IDisposable
{
    private readonly Dictionary<(string Pem, string Version, SshAlgorithms Algorithms), nint> binds = [];

    internal nint For(LabSshHost host)
    {
        var pem = host.HostKey ?? keys.For(host.Algorithms).Pem;
        var wanted = (pem, host.Version, host.Algorithms);
        if (!binds.TryGetValue(wanted, out var bind))
            binds[wanted] = bind = Make(pem, host);

        return bind;
    }

    public void Dispose()
    {
        foreach (var bind in binds.Values)
            LibSshServer.ssh_bind_free(bind);
    }

    private static nint Make(string pem, LabSshHost host)
    {
        var bind = LibSshServer.ssh_bind_new();
        byte no = 0;
        _ = LibSshServer.ssh_bind_options_set(bind, LibSshServer.BindOption.ProcessConfig, &no);

        // The bind owns the key from here on.
        _ = LibSshServer.ssh_bind_options_set(bind, LibSshServer.BindOption.ImportKey, (void*)LabHostKeys.Parse(pem));
        Set(bind, LibSshServer.BindOption.Banner, host.Version);
        Set(bind, LibSshServer.BindOption.KeyExchange, host.Algorithms.KeyExchange);
        Set(bind, LibSshServer.BindOption.HostKeyAlgorithms, host.Algorithms.HostKeys);
        Set(bind, LibSshServer.BindOption.PublicKeyAcceptedTypes, host.Algorithms.HostKeys);
        Set(bind, LibSshServer.BindOption.CiphersOut, host.Algorithms.Ciphers);
        Set(bind, LibSshServer.BindOption.CiphersIn, host.Algorithms.Ciphers);
        Set(bind, LibSshServer.BindOption.MacsOut, host.Algorithms.Macs);
        Set(bind, LibSshServer.BindOption.MacsIn, host.Algorithms.Macs);
        return bind;
    }

    private static void Set(nint bind, LibSshServer.BindOption option, IEnumerable<string> names) => Set(bind, option, string.Join(',', names));

    private static void Set(nint bind, LibSshServer.BindOption option, string value)
    {
        if (LibSshServer.ssh_bind_options_set(bind, option, value) < 0)
            throw new ArgumentException($"libssh does not take {option} \"{value}\".", nameof(value));
    }
}
