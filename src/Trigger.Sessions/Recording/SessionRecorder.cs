using System.Threading.Channels;
using Trigger.Devices;
using Trigger.Devices.Credentials;

namespace Trigger.Sessions.Recording;

/// <summary>
/// Writes sessions of command lines down, each for itself (<see cref="Wire.Recording.RecordingText"/>). Sessions never wait for it: when the shelf is slower than the devices, or full, what it
/// cannot take is left out, the recording says where it ends, and <c>warn</c> hears of it, once until a recording is whole again.
/// Passwords are never written down; what devices print is.
/// </summary>
public sealed class SessionRecorder : IAsyncDisposable
{
    private const long MostWaiting = 64 * 1024 * 1024;

    // What an entry takes beside its bytes.
    private const int Overhead = 200;

    private readonly Channel<RecordedEntry> entries = Channel.CreateUnbounded<RecordedEntry>(new UnboundedChannelOptions { SingleReader = true });
    private readonly HashSet<RecordedSession> open = [];
    private readonly IRecordingShelf shelf;
    private readonly Func<NetDevice, IReadOnlyList<Credentials>> who;
    private readonly TimeProvider time;
    private readonly Action<string> warn;
    private readonly long most;
    private readonly Task writing;
    private long waiting;
    private int warned;

    /// <param name="shelf">Where to. Only ever used by one thread.</param>
    /// <param name="who">The credentials that a device may be shown, to leave them out.</param>
    /// <param name="warn">Told when something is left out, on another thread.</param>
    public SessionRecorder(IRecordingShelf shelf, Func<NetDevice, IReadOnlyList<Credentials>> who, TimeProvider time, Action<string> warn)
        : this(shelf, who, time, warn, MostWaiting)
    {
    }

    internal SessionRecorder(IRecordingShelf shelf, Func<NetDevice, IReadOnlyList<Credentials>> who, TimeProvider time, Action<string> warn, long mostWaiting)
    {
        this.shelf = shelf;
        this.who = who;
        this.time = time;
        this.warn = warn;
        most = mostWaiting;
        writing = Task.Run(Write);
    }

    /// <summary>Dials like <paramref name="dial"/>, and writes down what passes.</summary>
    /// <param name="run">The run that wants it; null for none in particular.</param>
    public DialLine Around(DialLine dial, string? run = null) => (device, platform, session) =>
    {
        var line = new RecordedLine(session, new RecordedSession(device, platform, run, who(device), time.GetUtcNow()), this, time);
        line.Attach(dial(device, platform, line));
        return line;
    };

    /// <summary>Writes what is left. To be called when no session is left.</summary>
    public async ValueTask DisposeAsync()
    {
        entries.Writer.TryComplete();
        await writing.ConfigureAwait(false);
    }

    /// <summary>Never waits.</summary>
    internal void Take(RecordedEntry entry)
    {
        if (entry.Session.Broken is not null && entry.Move is not Wire.Recording.RecordedMove.Closed)
            return;

        if (Volatile.Read(ref waiting) + entry.Size + Overhead > most)
        {
            Break(entry.Session, "the disk was slower than the devices");
            return;
        }

        Interlocked.Add(ref waiting, entry.Size + Overhead);
        entries.Writer.TryWrite(entry);
    }

    private async Task Write()
    {
        await foreach (var entry in entries.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            Interlocked.Add(ref waiting, -(entry.Size + Overhead));
            Write(entry);
        }

        foreach (var left in open)
            End(left);
    }

    private void Write(RecordedEntry entry)
    {
        try
        {
            if (entry.Session.Broken is null)
            {
                open.Add(entry.Session);
                entry.Session.Write(shelf, entry);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Break(entry.Session, failure.Message.TrimEnd('.'));
        }

        if (entry.Move is not Wire.Recording.RecordedMove.Closed)
            return;
        End(entry.Session);
        open.Remove(entry.Session);
    }

    private void End(RecordedSession session)
    {
        try
        {
            session.Dispose();
            if (session.Broken is null)
                Volatile.Write(ref warned, 0);
        }
        catch (IOException failure)
        {
            Break(session, failure.Message.TrimEnd('.'));
        }
    }

    private void Break(RecordedSession session, string why)
    {
        session.Broken ??= why;
        if (Interlocked.Exchange(ref warned, 1) == 0)
            warn($"A session is not recorded whole: {why}. The run goes on; the recordings say where they end.");
    }
}
