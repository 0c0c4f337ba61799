using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>
/// Identification strings and key exchange, both behind one call of libssh, and what the far end was overheard to say meanwhile: libssh does not tell it, and it is
/// often the only clue to why there will be no handshake.
/// </summary>
internal sealed class SshHandshake(SshReactor reactor)
{
    internal const string During = "the SSH handshake";

    private readonly FirstWords words = new();
    private HostKey? shown;
    private Task<WireFault?>? verdict;

    /// <summary>The host's key, once it has shown one.</summary>
    internal string? Fingerprint => shown?.Fingerprint;

    /// <summary>Whether the store of host keys was asked and has not answered yet; nothing is read meanwhile.</summary>
    internal bool IsAsking => verdict is { IsCompleted: false };

    /// <summary>Goes as far as what has arrived allows. True when it is done; false when more must arrive, unless <paramref name="fault"/> says that it never will be.</summary>
    internal bool Step(SshLink link, out WireFault? fault)
    {
        fault = null;
        if (shown is not null)
            return true;

        Overhear(link);
        if (words.AreClearlyNotSsh)
        {
            fault = new WireFault.NotSsh(words.Text);
            return false;
        }

        reactor.Log.Clear();
        var result = link.Connect();
        if (result == LibSsh.Error)
        {
            fault = FaultOf(link);
            return false;
        }

        if (result != LibSsh.Again)
            return true;

        // libssh takes all there is or, when it had something else to do first, nothing.
        Span<byte> any = stackalloc byte[1];
        if (!words.SaySsh && TcpSocket.Peek(link.Fd, any) <= 0)
            words.Keep();

        return false;
    }

    /// <summary>Decides about the host's key, once all else is done. True when it is accepted; false when the store takes its time, unless there is a fault.</summary>
    /// <param name="again">Called on any thread when it is worth asking a second time; by then that may have been done.</param>
    internal bool Recognise(HostKeyGate gate, SshDial dial, nint session, Action again, out WireFault? fault)
    {
        fault = null;
        if (verdict is null)
        {
            if (HostKeyGate.Shown(session) is not { } key)
            {
                fault = new WireFault.HandshakeFailed("the server's host key cannot be read");
                return false;
            }

            shown = key;
            verdict = gate.Judge(dial, key).AsTask();
            if (IsAsking)
                _ = verdict.ContinueWith(_ => again(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        if (IsAsking)
            return false;

        fault = verdict.GetAwaiter().GetResult();
        return fault is null;
    }

    /// <summary>Why there is no end of it, once the time is up.</summary>
    internal WireFault Overdue(SshLink link, TimeSpan waited)
    {
        if (IsAsking)
            return new WireFault.HandshakeFailed("the store of host keys did not answer in time");

        Overhear(link);
        return words.IsEmpty || words.SaySsh ? new WireFault.Overdue(During, waited, words.Text) : new WireFault.NotSsh(words.Text);
    }

    private void Overhear(SshLink link)
    {
        if (words.IsFull || words.SaySsh)
            return;

        Span<byte> arrived = stackalloc byte[FarText.Most];
        var count = TcpSocket.Peek(link.Fd, arrived);
        if (count > 0)
            words.Peeked(arrived[..count]);
    }

    private WireFault FaultOf(SshLink link)
    {
        if (KexMismatch.Find(reactor.Log.Lines) is { } mismatch)
            return mismatch;

        if (SshGoodbye.Read(link.ErrorText) is not null)
            return link.Lost(During);

        if (link.ServerVersion is null && words.IsEmpty)
            return new WireFault.LineLost(During, "the far end closed the connection without a word");

        if (link.ServerVersion is null && !words.SaySsh)
            return new WireFault.NotSsh(words.Text);

        // libssh often knows no more than "Socket error"; the log then has the reason.
        var reason = reactor.Log.Lines.Count > 0 ? FarText.Show(reactor.Log.Lines[^1]) : link.ErrorText;
        return link.ErrorText.Contains("disconnected", StringComparison.Ordinal)
            ? new WireFault.LineLost(During, reason)
            : new WireFault.HandshakeFailed(reason);
    }
}
