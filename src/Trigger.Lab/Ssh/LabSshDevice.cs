using System.Net;
using Trigger.Devices.Platforms;
using Trigger.Lab.Netconf;
using Trigger.Wire.Ssh;

namespace Trigger.Lab.Ssh;

/// <summary>A <see cref="LabDevice"/> as a host of a <see cref="LabSshServer"/>.</summary>
public static class LabSshDevice
{
    /// <param name="device">Who pretends; its address says where, and port 0 lets the system choose.</param>
    /// <remarks>Like many devices it serves NETCONF on the same port, too; its configuration there has nothing to do with the one of its command line.</remarks>
    public static LabSshHost HostOf(LabDevice device, Platform platform, TimeProvider time)
    {
        // Of a thousand devices few are ever asked for it.
        var netconf = new Lazy<LabNetconfDevice>(() => new LabNetconfDevice(device.Name, time, LabNetconfServer.SystemOf(device.Name)));
        return ShellOf(device, platform, time) with { Subsystem = (shell, name) => LabNetconfServer.Serve(netconf.Value, shell, name) };
    }

    /// <summary>A host where everybody is let in and talks with whatever talks there.</summary>
    internal static LabSshHost HostOf(IPEndPoint address, LabTalker talker)
    {
        static bool Anybody(string user, string answer) => true;
        return new LabSshHost
        {
            EndPoint = address,
            Login = new LabSshLogin { Password = Anybody, KeyboardInteractive = Anybody, PublicKey = static (_, _) => true },
            Shell = shell => new Adapter(talker, shell, drops: false),
        };
    }

    private static LabSshHost ShellOf(LabDevice device, Platform platform, TimeProvider time) => new()
    {
        EndPoint = device.Address,
        Login = device.Has(LabFaults.RefuseLogin) ? LabSshLogin.For(device.User, "\0") : LabSshLogin.For(device.User, device.Password),
        // A device that drops its line says no goodbye; any other ends its session in order.
        Shell = shell => new Adapter((write, close) => new LabConversation(device, platform, inBandLogin: false, write, close, time), shell, device.Has(LabFaults.DropDuringCommand)),
        Algorithms = device.Has(LabFaults.OldAlgorithmsOnly) ? LabSshHost.LegacyOnly : SshAlgorithms.Modern,
        Fault = device.Has(LabFaults.Silent) ? LabSshFault.Silent : device.Has(LabFaults.RefuseShell) ? LabSshFault.RefuseShell : LabSshFault.None,
    };

    private sealed class Adapter(LabTalker talker, LabSshShell shell, bool drops) : ILabShell, IDisposable
    {
        private readonly ILabTalk conversation = talker(shell.Write, drops ? shell.Drop : () => shell.Exit(0));

        public void Opened(bool terminal) => conversation.Begin();

        public void Received(ReadOnlySpan<byte> bytes) => conversation.Receive(bytes);

        public void Closed() => Dispose();

        public void Dispose() => conversation.Dispose();
    }
}
