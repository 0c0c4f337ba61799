using Trigger.Storage;

namespace Trigger.Node.Security;

/// <summary>
/// Lines for the audit trail of what has happened already, such as what a person entered: each is noted in a file of this node, then put into the trail in its order, tried until it is there
/// however long the database is away, also by the next process of this node. Where no file can be written they are kept in memory alone, and <see cref="Trouble"/> says so after a while.
/// </summary>
internal sealed class AuditOutbox : IAsyncDisposable
{
    /// <summary>How long a line may be in memory alone before what makes such lines must stop.</summary>
    public static readonly TimeSpan LongestUnwritten = TimeSpan.FromSeconds(30);

    private const int MostKept = 50_000;
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Queue<(AuditNote Note, bool Perhaps)> waiting = new();
    private readonly SemaphoreSlim more = new(0);
    private readonly CancellationTokenSource stopping = new();
    private readonly AuditNotes? file;
    private readonly Func<AuditNote, bool, CancellationToken, Task> write;
    private readonly TimeProvider time;
    private readonly Action<string> warn;
    private readonly Task writing;
    private bool onlyInMemory;
    private bool warned;
    private bool lost;
    private volatile bool ending;
    private int disposed;

    /// <param name="path">The file; null for none.</param>
    /// <param name="write">Puts a line into the trail; is told whether it may be there already.</param>
    /// <param name="warn">Hears once when lines have to wait, and once when they are all written.</param>
    public AuditOutbox(string? path, Func<AuditNote, bool, CancellationToken, Task> write, TimeProvider time, Action<string> warn)
    {
        (this.write, this.time, this.warn) = (write, time, warn);
        try
        {
            file = path is null ? null : AuditNotes.Open(path);
            foreach (var note in file?.Left ?? [])
                waiting.Enqueue((note, true));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            warn($"What people enter at terminals cannot be noted in {path}: {failure.Message} While the database is away they have to stop after {LongestUnwritten.TotalSeconds:0} s.");
        }

        onlyInMemory = file is null;
        if (waiting.Count > 0)
            more.Release(waiting.Count);
        writing = Task.Run(Write);
    }

    /// <summary>Why nobody may go on making such lines now; null when all is well.</summary>
    public string? Trouble
    {
        get
        {
            lock (gate)
            {
                if (lost)
                    return "What is entered cannot be put on record: too much of it waits for the database.";
                return onlyInMemory && waiting.TryPeek(out var oldest) && time.GetUtcNow() - oldest.Note.At > LongestUnwritten
                    ? "What is entered cannot be put on record: the database is away, and it cannot be noted here."
                    : null;
            }
        }
    }

    /// <summary>How many lines are not in the trail yet.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
                return waiting.Count;
        }
    }

    /// <summary>Takes a line. When this returns it is in the file, unless there is none.</summary>
    public void Add(Caller who, string what, string target, string detail)
    {
        var note = new AuditNote(time.GetUtcNow(), who.Name, who.Origin, what, target, detail);
        lock (gate)
        {
            if (waiting.Count >= MostKept)
            {
                lost = true;
                return;
            }

            waiting.Enqueue((note, false));
            try
            {
                file?.Add(note);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                onlyInMemory = true;
                if (!warned)
                    warn($"A line for the audit trail cannot be noted in {file!.Path}: {failure.Message}");
                warned = true;
            }
        }

        more.Release();
    }

    /// <summary>Gives the database a last chance; what it does not take stays in the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
            return;

        ending = true;
        stopping.CancelAfter(Waiting == 0 ? TimeSpan.Zero : Farewell);
        await writing.ConfigureAwait(false);
        file?.Dispose();
        stopping.Dispose();
        more.Dispose();
    }

    private async Task Write()
    {
        try
        {
            while (true)
            {
                await more.WaitAsync(stopping.Token).ConfigureAwait(false);
                var (note, perhaps) = First();
                while (!await Written(note, perhaps).ConfigureAwait(false))
                {
                    perhaps = true;
                    await Task.Delay(Again, time, stopping.Token).ConfigureAwait(false);
                }

                Forget();
                if (ending && Waiting == 0)
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            if (Waiting is > 0 and var left)
                warn($"{left} lines for the audit trail could not be written{(file is null ? " and are lost" : $"; they are in {file.Path}, and this node writes them when it is started again")}.");
        }
    }

    private (AuditNote Note, bool Perhaps) First()
    {
        lock (gate)
            return waiting.Peek();
    }

    private async Task<bool> Written(AuditNote note, bool perhaps)
    {
        try
        {
            await write(note, perhaps, stopping.Token).ConfigureAwait(false);
            return true;
        }
        catch (StorageException failure)
        {
            lock (gate)
            {
                if (!warned)
                    warn($"Lines for the audit trail wait until the database takes them: {failure.Message}");
                warned = true;
            }

            return false;
        }
    }

    private void Forget()
    {
        lock (gate)
        {
            waiting.Dequeue();
            if (waiting.Count > 0)
                return;

            lost = false;
            try
            {
                file?.Clear();
                onlyInMemory = file is null;
            }
            catch (IOException)
            {
                // What is in it is in the trail; whoever reads it looks there first.
            }

            if (warned)
                warn("The audit trail has all its lines again.");
            warned = false;
        }
    }
}
