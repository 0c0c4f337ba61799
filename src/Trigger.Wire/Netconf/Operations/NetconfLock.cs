using Trigger.Wire.Netconf.Model;

namespace Trigger.Wire.Netconf.Operations;

/// <summary>A lock that is held. Disposing of it unlocks; a session that is over has lost its locks already (RFC 6241 §7.5).</summary>
public sealed class NetconfLock : IAsyncDisposable
{
    private readonly NetconfSession session;
    private readonly Func<Task<RpcReply>> unlock;
    private int released;

    internal NetconfLock(NetconfSession session, string what, Func<Task<RpcReply>> unlock)
    {
        this.session = session;
        this.unlock = unlock;
        What = what;
    }

    /// <summary>What is locked.</summary>
    public string What { get; }

    /// <exception cref="RpcErrorException">The server does not unlock.</exception>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref released, 1) != 0 || !session.IsOpen)
            return;

        try
        {
            await unlock().ConfigureAwait(false);
        }
        catch (NetconfException) when (!session.IsOpen)
        {
        }
    }
}
