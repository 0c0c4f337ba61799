using System.Threading.Channels;
using Trigger.Devices;
using Trigger.Devices.Credentials;

namespace Trigger.Sessions.Recording;

/// <summary>
/// Writes every session of command lines to a file of its own, <c>DIR/device.1.dialogue</c> (<see cref="Wire.Recording.RecordingText"/>). Sessions never wait for it: when the disk is
/// slower than the devices, or full, what it cannot take is left out, the file says where it ends, and <c>warn</c> hears of it once.
/// Passwords are never written down; what devices print is, so the files are for their owner's eyes.
/// </summary>
public sealed class SessionRecorder : IAsyncDisposable
{
    private const long MostWaiting = 64 * 1024 * 1024;

    // What an entry takes beside its bytes.
    private const int Overhead = 200;

    private readonly Channel<RecordedEntry> entries = Channel.CreateUnbounded<RecordedEntry>(new UnboundedChannelOptions { SingleReader = true });
    private readonly HashSet<RecordedSession> open = [];
    private readonly string directory;
    private readonly Func<NetDevice, IReadOnlyList<Credentials>> who;
    private readonly TimeProvider time;
    private readonly Action<string> warn;
    private readonly long most;
    private readonly Task writing;
    private long waiting;
    private int warned;

    /// <param name="directory">Made when missing.</param>
    /// <param name="who">The credentials that a device may be shown, to leave them out.</param>
    /// <param name="warn">Told once when something is left out, on another thread.</param>
    /// <exception cref="IOException">The directory cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public SessionRecorder(string directory, Func<NetDevice, IReadOnlyList<Credentials>> who, TimeProvider time, Action<string> warn)
        : this(directory, who, time, warn, MostWaiting)
    {
    }

    internal SessionRecorder(string directory, Func<NetDevice, IReadOnlyList<Credentials>> who, TimeProvider time, Action<string> warn, long mostWaiting)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        this.directory = directory;
        this.who = who;
        this.time = time;
        this.warn = warn;
        most = mostWaiting;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        writing = Task.Run(Write);
    }

    /// <summary>Dials like <paramref name="dial"/>, and writes down what passes.</summary>
    public DialLine Around(DialLine dial) => (device, platform, session) =>
    {
        var line = new RecordedLine(session, new RecordedSession(device, platform, who(device), time.GetUtcNow()), this, time);
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
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var entry in entries.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            Interlocked.Add(ref waiting, -(entry.Size + Overhead));
            Write(numbers, entry);
        }

        foreach (var left in open)
            left.Dispose();
    }

    private void Write(Dictionary<string, int> numbers, RecordedEntry entry)
    {
        try
        {
            if (entry.Session.Broken is null)
            {
                open.Add(entry.Session);
                entry.Session.Write(directory, numbers, entry);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Break(entry.Session, failure.Message.TrimEnd('.'));
        }

        if (entry.Move is not Wire.Recording.RecordedMove.Closed)
            return;
        entry.Session.Dispose();
        open.Remove(entry.Session);
    }

    private void Break(RecordedSession session, string why)
    {
        session.Broken ??= why;
        if (Interlocked.Exchange(ref warned, 1) == 0)
            warn($"A session is not recorded whole: {why}. The run goes on; the files say where they end.");
    }
}
