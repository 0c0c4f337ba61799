using System.Collections.Concurrent;
using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>
/// One thread that owns many sessions. Only it calls libssh for them. It sleeps in epoll until a socket moves, a deadline comes or a
/// command is posted, so ten thousand idle sessions cost it nothing.
/// </summary>
internal sealed unsafe class SshReactor : IDisposable
{
    private const ulong WakeUpKey = 0;
    private const int ReadBufferLength = 32 * 1024;
    private const int StackLength = 512 * 1024;

    private readonly ConcurrentQueue<SshCommand> commands = new();
    private readonly Dictionary<ulong, SshConversation> sessions = [];
    private readonly Queue<SshConversation> unfinished = new();
    private readonly SshDeadlines deadlines;
    private readonly WakeUp bell = new();
    private readonly Thread thread;
    private readonly Action<string> warn;
    private ulong lastKey = WakeUpKey;
    private LibSshLog? log;
    private bool stopping;

    internal SshReactor(int number, TimeProvider time, Action<string> warn)
    {
        this.warn = warn;
        deadlines = new SshDeadlines(time, () => Post(new SshCommand(null, SshCommandKind.Tick)));
        thread = new Thread(Loop, StackLength) { IsBackground = true, Name = $"ssh-reactor-{number}" };
        thread.Start();
    }

    internal Epoll Epoll { get; } = new();

    /// <summary>Where every session of this reactor reads to before it copies.</summary>
    internal byte[] ReadBuffer { get; } = GC.AllocateUninitializedArray<byte>(ReadBufferLength, pinned: true);

    internal LibSshLog Log => log!;

    internal void Post(SshCommand command)
    {
        commands.Enqueue(command);
        bell.Ring();
    }

    /// <summary>Gives a session its key; called on the reactor's thread.</summary>
    internal ulong Adopt(SshConversation session)
    {
        var key = ++lastKey;
        sessions.Add(key, session);
        return key;
    }

    internal void Release(ulong key) => sessions.Remove(key);

    internal long SetDeadline(ulong key, TimeSpan patience) => deadlines.Add(key, patience);

    internal TimeSpan Until(long moment) => deadlines.Until(moment);

    /// <summary>Steps the session again before sleeping: libssh holds decrypted bytes for it that epoll knows nothing of.</summary>
    internal void StepAgain(SshConversation session) => unfinished.Enqueue(session);

    internal void Warn(string sentence)
    {
        // The sink is a caller's code; its mistake must not end the sessions of this thread.
        try
        {
            warn(sentence);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
        }
    }

    public void Dispose()
    {
        Post(new SshCommand(null, SshCommandKind.Stop));
        if (Environment.CurrentManagedThreadId != thread.ManagedThreadId)
            thread.Join();
    }

    private void Loop()
    {
        log = new LibSshLog();
        Epoll.Watch(bell.Descriptor, Epoll.Readable, WakeUpKey);
        while (!stopping)
        {
            bell.Arm();
            var count = Epoll.Wait(commands.IsEmpty && unfinished.Count == 0 ? -1 : 0);
            bell.Silence();
            for (var i = 0; i < count; i++)
                Happened(Epoll.KeyAt(i));

            Obey();
            StepUnfinished();
        }

        TearDown();
    }

    private void Happened(ulong key)
    {
        if (key == WakeUpKey)
            bell.Drain();
        else if (sessions.TryGetValue(key, out var session))
            session.Step();
    }

    private void Obey()
    {
        // Only what is queued now, so that a chatty caller cannot keep the sockets waiting.
        for (var left = commands.Count; left > 0 && commands.TryDequeue(out var command); left--)
        {
            if (command.Session is { } session)
                session.Obey(command);
            else if (command.Kind == SshCommandKind.Stop)
                stopping = true;
            else
                Expire();
        }
    }

    private void Expire()
    {
        while (deadlines.TryTake(out var key, out var moment))
        {
            if (sessions.TryGetValue(key, out var session))
                session.Expire(moment);
        }
    }

    private void StepUnfinished()
    {
        for (var left = unfinished.Count; left > 0; left--)
            unfinished.Dequeue().Step();
    }

    private void TearDown()
    {
        foreach (var session in sessions.Values.ToArray())
            session.Dispose();

        // Commands that came too late still carry secrets, or lines that were promised a last word.
        while (commands.TryDequeue(out var command))
        {
            command.Discard();
            command.Session?.Dispose();
        }

        deadlines.Dispose();
        log!.Dispose();
        Epoll.Dispose();
        bell.Dispose();
    }
}
