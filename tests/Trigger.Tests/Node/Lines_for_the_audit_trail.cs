using System.Runtime.Versioning;
using System.Threading.Channels;
using Trigger.Node.Security;
using Trigger.Storage;
using Trigger.Tests.Devices;
using Trigger.Tests.Kernel;

namespace Trigger.Tests.Node;

/// <summary>The test is the database: it takes a line, or it is away.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class Lines_for_the_audit_trail : IDisposable
{
    private static readonly Caller Alice = new("alice", Role.Operator, "192.0.2.7");

    private readonly TemporaryFolder folder = new();
    private readonly FakeClock time = new();
    private readonly Channel<(string Detail, bool Perhaps)> asked = Channel.CreateUnbounded<(string, bool)>();
    private readonly Channel<bool> answers = Channel.CreateUnbounded<bool>();
    private readonly Channel<string> warnings = Channel.CreateUnbounded<string>();

    private string File => Path.Combine(folder.Path, "notes", "audit-n1.notes");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task are_in_a_file_before_they_are_in_the_database_and_no_longer_than_that()
    {
        var outbox = Open(File);
        outbox.Add(Alice, "terminal-entered", "r1", "r1#reload");

        Assert.Equal(("r1#reload", false), await asked.Reader.ReadAsync(Cancel));
        Assert.InRange(new FileInfo(File).Length, 1, 1000);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        outbox.Add(Alice, "terminal-entered", "r1", "r1#exit");
        answers.Writer.TryWrite(true);
        await asked.Reader.ReadAsync(Cancel);
        answers.Writer.TryWrite(true);
        await outbox.DisposeAsync();
        Assert.Equal(0, new FileInfo(File).Length);
    }

    [Fact]
    public async Task are_tried_until_the_database_is_back_in_their_order_and_looked_for_first()
    {
        await using var outbox = Open(File);
        outbox.Add(Alice, "terminal-entered", "r1", "first");
        outbox.Add(Alice, "terminal-entered", "r1", "second");

        Assert.Equal(("first", false), await asked.Reader.ReadAsync(Cancel));
        answers.Writer.TryWrite(false);
        Assert.Contains("wait until the database", await warnings.Reader.ReadAsync(Cancel), StringComparison.Ordinal);
        while (time.ArmedTimers == 0)
            await Task.Yield();
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(("first", true), await asked.Reader.ReadAsync(Cancel));
        answers.Writer.TryWrite(true);
        Assert.Equal(("second", false), await asked.Reader.ReadAsync(Cancel));
        Assert.Null(outbox.Trouble);
        answers.Writer.TryWrite(true);
        Assert.Contains("all its lines again", await warnings.Reader.ReadAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task of_a_process_that_died_are_written_by_the_next_one()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        using (var notes = AuditNotes.Open(File))
            notes.Add(new AuditNote(DateTimeOffset.UnixEpoch, "alice", "192.0.2.7", "terminal-entered", "r1", "r1#reload"));
        await System.IO.File.AppendAllTextAsync(File, "{\"At\":\"cut", Cancel);

        await using var outbox = Open(File);
        Assert.Equal(("r1#reload", true), await asked.Reader.ReadAsync(Cancel));
        outbox.Add(Alice, "terminal-entered", "r1", "r1#exit");
        answers.Writer.TryWrite(true);
        Assert.Equal(("r1#exit", false), await asked.Reader.ReadAsync(Cancel));
        answers.Writer.TryWrite(true);
    }

    [Fact]
    public async Task without_a_file_may_not_wait_for_ever()
    {
        await System.IO.File.WriteAllTextAsync(Path.Combine(folder.Path, "notes"), "in the way", Cancel);
        await using var outbox = Open(File);
        Assert.Contains("cannot be noted", await warnings.Reader.ReadAsync(Cancel), StringComparison.Ordinal);
        outbox.Add(Alice, "terminal-entered", "r1", "r1#reload");
        await asked.Reader.ReadAsync(Cancel);

        Assert.Null(outbox.Trouble);
        time.Advance(AuditOutbox.LongestUnwritten);
        Assert.Null(outbox.Trouble);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Contains("the database is away", outbox.Trouble, StringComparison.Ordinal);
        answers.Writer.TryWrite(true);
    }

    private AuditOutbox Open(string path) => new(path, Write, time, text => warnings.Writer.TryWrite(text));

    private async Task Write(AuditNote note, bool perhaps, CancellationToken cancel)
    {
        asked.Writer.TryWrite((note.Detail, perhaps));
        if (!await answers.Reader.ReadAsync(cancel))
            throw new StorageException("The server is away.");
    }
}
