using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>A connection that is there already, for a conversation to speak on.</summary>
/// <param name="Fd">Its descriptor; owned by whoever gets this.</param>
/// <param name="Address">The far end, for people.</param>
/// <param name="Path">What lies between; null for a connection of our own.</param>
/// <param name="Proxy">The process whose other end this is; null if there is none.</param>
internal sealed record SshAdoption(int Fd, string Address, SshPath? Path = null, SshProxy? Proxy = null)
{
    internal void Discard()
    {
        TcpSocket.Close(Fd);
        Proxy?.KillUnwatched();
    }
}
