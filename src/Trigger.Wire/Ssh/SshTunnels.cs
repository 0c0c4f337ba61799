using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>
/// The tunnels of one login to a jump host. libssh says which of them moved (<see cref="SshChannelNews"/>), so a step costs what has moved and not what is open. Belongs to the reactor of the jump host's
/// conversation.
/// </summary>
internal sealed class SshTunnels(SshBastion bastion)
{
    /// <summary>How long a login without tunnels is kept for the next one.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(30);

    private const uint FirstChannel = 43;

    private readonly List<SshTunnel> waiting = [];
    private readonly List<SshTunnel> opening = [];
    private readonly List<SshTunnel> carrying = [];
    private readonly Queue<SshTunnel> moved = new();
    private readonly List<SshTunnel> held = [];
    private SshConversation? conversation;
    private SshLink? link;
    private nint ear;
    private ulong key;
    private long idleDue;
    private uint opened;
    private bool ended;

    internal SshReactor Reactor => conversation!.Reactor;

    internal SshLink Link => link!;

    internal void Add(SshTunnel tunnel)
    {
        waiting.Add(tunnel);
        OpenWaiting();
    }

    /// <summary>The login has succeeded.</summary>
    internal void Begin(SshConversation owner, SshLink through, ulong ownerKey)
    {
        (conversation, link, key) = (owner, through, ownerKey);

        // Never opened: something to ask libssh through when there is no tunnel.
        ear = LibSsh.ssh_channel_new(through.Session);
        OpenWaiting();
        SetIdleDeadline();
    }

    /// <summary>Takes and gives what can be; false when the connection is lost.</summary>
    internal bool Step()
    {
        _ = LibSsh.ssh_channel_poll(ear, 0);
        for (var i = opening.Count - 1; i >= 0; i--)
        {
            var tunnel = opening[i];
            if (!tunnel.Open(this))
                continue;

            opening.RemoveAt(i);
            if (tunnel.IsCarrying)
                carrying.Add(tunnel);
        }

        Release();
        for (var left = moved.Count; left > 0; left--)
            moved.Dequeue().Move();

        if (moved.Count > 0)
            conversation!.StepSoon();

        return !SshLink.IsClosed(link!.Session);
    }

    /// <summary>Something of the tunnel wants a look, at the next step.</summary>
    internal void Mark(SshTunnel tunnel)
    {
        if (!tunnel.IsMarked)
        {
            tunnel.IsMarked = true;
            moved.Enqueue(tunnel);
        }
    }

    /// <summary>The tunnel would send, but the connection to the hop is full.</summary>
    internal void Hold(SshTunnel tunnel) => held.Add(tunnel);

    /// <summary>One tunnel moved by itself: its own socket did.</summary>
    internal void Step(SshTunnel tunnel)
    {
        Mark(tunnel);
        conversation!.Step();
    }

    internal void Remove(SshTunnel tunnel)
    {
        carrying.Remove(tunnel);
        held.Remove(tunnel);
        bastion.GiveBack();
        SetIdleDeadline();
    }

    /// <summary>A tunnel is no more wanted, though its channel is not yet decided.</summary>
    internal void GiveUp()
    {
        bastion.GiveBack();
        SetIdleDeadline();
    }

    /// <summary>The number of the next channel: libssh counts from 43 (session.c, FIRST_CHANNEL), and the one that is never opened has none.</summary>
    internal uint NextNumber() => FirstChannel + opened++;

    /// <summary>True when the login has been idle for long enough and nobody will want it any more.</summary>
    internal bool Expire(long moment)
    {
        foreach (var tunnel in opening.ToArray())
            tunnel.Expire(moment);

        return moment == idleDue && bastion.Retire();
    }

    internal long SetDeadline(TimeSpan patience) => Reactor.SetDeadline(key, patience);

    /// <summary>The connection is over: every tunnel hears why.</summary>
    internal void End(WireFault fault)
    {
        ended = true;
        bastion.Fault = fault;
        foreach (var tunnel in waiting.Concat(opening).Concat(carrying).ToArray())
            tunnel.End(fault);

        waiting.Clear();
        opening.Clear();
        carrying.Clear();
        if (ear != 0)
            LibSsh.ssh_channel_free(ear);

        ear = 0;
    }

    private void OpenWaiting()
    {
        if (conversation is null)
            return;

        opening.AddRange(waiting);
        waiting.Clear();
    }

    private void Release()
    {
        if (held.Count == 0 || link!.WritePending)
            return;

        foreach (var tunnel in held)
            Mark(tunnel);

        held.Clear();
    }

    private void SetIdleDeadline()
    {
        if (!ended && bastion.IsIdle)
            idleDue = conversation!.Reactor.SetDeadline(key, Linger);
    }
}
