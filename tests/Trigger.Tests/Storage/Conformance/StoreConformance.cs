using System.Diagnostics;
using System.Text;
using Trigger.Storage;
using Trigger.Tests.Kernel;

namespace Trigger.Tests.Storage.Conformance;

/// <summary>What is on record about runs, whichever database keeps it.</summary>
public abstract class StoreConformance : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly RunHeader Header = new(At, "alice", "vendor=cisco", ["show clock", "show version"], ["a.csv", "b.csv"]);

    private long seq;

    protected StoreConformance(StorageRig rig)
    {
        Rig = rig;
        Database = rig.Open(Clock);
        Store = new RunStore(Database);
    }

    protected StorageRig Rig { get; }

    protected FakeClock Clock { get; } = new();

    protected Database Database { get; }

    protected RunStore Store { get; }

    public void Dispose()
    {
        Database.Dispose();
        Rig.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task keeps_the_first_outcome_of_a_step_and_no_second()
    {
        await Write(Outcome("r1", 0, "accepted", "12:00"));
        await Write(Outcome("r1", 0, "refused", "nothing"));
        await Write(Outcome("r1", 0, "refused", "nothing"), Outcome("r2", 0), Outcome("r2", 0, "refused"));

        Assert.Equal([("r1", "accepted", "12:00"), ("r2", "accepted", "")], Store.Outcomes("run-1").Select(row => (row.Device, row.Verdict, row.Output)));
    }

    [Fact]
    public async Task counts_each_outcome_once_however_often_it_is_delivered()
    {
        await Change(new RunChange("run-1") { New = Header });
        await Write(Outcome("r1", 0), Outcome("r1", 1, "refused"), Outcome("r2", 0, "unknown"), Outcome("r2", 0));
        await Write(Outcome("r1", 0), Outcome("r1", 1), Outcome("r3", 0));
        using (var elsewhere = Rig.Open(Clock))
            await elsewhere.Events.Write(new StoredBatch([("run-1b", 1, Text("ended") with { Outcome = Outcome("r4", 0) }), ("run-1b", 2, Text("ended") with { Outcome = Outcome("r1", 0) })], []));

        var run = Assert.Single(Store.Runs());
        Assert.Equal((3, 1, 1), (run.Accepted, run.Refused, run.Unknown));
        Assert.Equal(5, Store.Outcomes("run-1").Count());
    }

    [Fact]
    public async Task counts_faults_by_kind_and_names_the_first_device_of_each()
    {
        OutcomeRow Fault(string device, string kind) => Outcome(device, 0, "refused") with { FaultKind = kind, FaultText = "so" };
        await Write(Outcome("a", 0), Fault("r3", "line_lost"), Fault("r2", "overdue"), Fault("r9", "overdue"));
        await Write(Fault("r1", "overdue"), Fault("r3", "line_lost"), Fault("r3", "overdue"), Fault("q", "line_lost") with { Verdict = "unknown" });
        using (var elsewhere = Rig.Open(Clock))
            await elsewhere.Events.Write(new StoredBatch([("run-1b", 1, Text("ended") with { Outcome = Fault("R0", "overdue") })], []));

        Assert.Equal([new RunFault("overdue", 4, "R0"), new RunFault("line_lost", 2, "q")], Store.Faults("run-1"));
        Assert.Empty(Store.Faults("run-2"));
    }

    [Fact]
    public async Task knows_about_how_much_each_run_takes()
    {
        await Change(new RunChange("run-1") { New = Header });
        await Change(new RunChange("run-2") { New = Header });
        var few = Store.Sizes();
        await Write(Outcome("r1", 0, "accepted", new string('x', 1_000)), Outcome("r2", 0, "accepted", string.Concat(Enumerable.Range(0, 20_000))));

        var sizes = Store.Sizes();
        Assert.InRange(sizes["run-1"] - few["run-1"], 1_000 + 10_000, 1_000 + 120_000);
        Assert.Equal(few["run-2"], sizes["run-2"]);
    }

    [Fact]
    public async Task lists_outcomes_by_device_and_step()
    {
        await Write(Outcome("r2", 0), Outcome("r1", 10), Outcome("R3", 0), Outcome("r1", 9), Outcome("ä", 0), Outcome("r-1", 0));

        // By the bytes of the name, in every database and every locale.
        Assert.Equal([("R3", 0), ("r-1", 0), ("r1", 9), ("r1", 10), ("r2", 0), ("ä", 0)], Store.Outcomes("run-1").Select(row => (row.Device, row.Step)));
    }

    [Fact]
    public async Task turns_the_pages_of_outcomes()
    {
        await Write([.. from device in new[] { "b", "a", "c" } from step in new[] { 1, 0, 2 } select Outcome(device, step)]);

        var all = Store.Outcomes("run-1").Select(row => (row.Device, row.Step)).ToList();
        var paged = new List<(string Device, int Step)>();
        while (Store.Outcomes("run-1", paged.Count > 0 ? paged[^1] : null, most: 4).Select(row => (row.Device, row.Step)).ToList() is { Count: > 0 } page)
            paged.AddRange(page);

        Assert.Equal(9, all.Count);
        Assert.Equal(all, paged);
    }

    [Fact]
    public async Task gives_an_outcome_back_as_it_was()
    {
        var row = Outcome("r1", 3, "refused", "% no\n") with { FaultKind = "device_error", FaultText = "The device answered: % no", ElapsedMicroseconds = 1234, Notes = """{"telnet":true}""" };
        await Write(row);

        Assert.Equal(row, Assert.Single(Store.Outcomes("run-1")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("before\0after\0\0")]
    [InlineData("\u0001\u0007\u001b[2J\r\n\t\u007f\u0085\u2028")]
    [InlineData("'; drop table outcome; -- \\x00 \\ {1,NULL} \"@run\" $1 %s")]
    [InlineData("漢字 עברית \ud83d\ude80 e\u0301 \ufeff \uffff")]
    public async Task gives_back_whatever_a_device_said(string said)
    {
        foreach (var output in new[] { said, said + new string('x', 300), said + new string('y', 20_000) + said })
        {
            var row = Outcome($"r{output.Length}", 0, "refused", output) with { FaultKind = "device_error", FaultText = output };
            await Write(row);

            Assert.Equal(row, Assert.Single(Store.Outcomes("run-1"), kept => kept.Device == row.Device));
        }
    }

    [Fact]
    public async Task says_a_half_of_a_character_as_one_that_cannot_be_said()
    {
        await Write(Outcome("r1", 0, output: "a\ud83d!") with { Command = "b\udc00", FaultText = "c\ud800" });

        var kept = Assert.Single(Store.Outcomes("run-1"));
        Assert.Equal(("a\ufffd!", "b\ufffd", "c\ufffd"), (kept.Output, kept.Command, kept.FaultText));
    }

    [Fact]
    public async Task bears_texts_of_people_that_no_database_takes()
    {
        await Change(new RunChange("run-1") { New = Header with { Commands = ["show \0 clock", "b\ud800"], Selection = "name=\0", By = "al\0ice" } });
        await Write(Outcome("r1", 0) with { Command = "show \0 clock" });

        Assert.Equal(["show \ufffd clock", "b\ufffd"], Store.Run("run-1")!.Header.Commands);
        Assert.Single(Store.Outcomes("run-1"));
        Assert.Null(Store.Run("\0"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(16 * 1024)]
    [InlineData((16 * 1024) + 1)]
    [InlineData(8 * 1024 * 1024)]
    public async Task keeps_an_answer_of_any_length(int length)
    {
        var output = string.Create(length, length, (characters, _) =>
        {
            for (var i = 0; i < characters.Length; i++)
                characters[i] = i % 50 == 0 ? '\n' : (char)('ä' + (i % 7));
        });
        await Write(Outcome("r1", 0, output: output));

        Assert.Equal(output, Assert.Single(Store.Outcomes("run-1")).Output);
    }

    [Fact]
    public async Task keeps_the_body_of_an_event_to_the_byte()
    {
        var body = Enumerable.Range(0, 256).Select(number => (byte)number).ToArray();
        await Database.Events.Write(new StoredBatch([("a", 1, new StoredEvent("bytes", body)), ("a", 2, new StoredEvent("none", []))], []));

        var read = new List<byte[]>();
        await Database.Events.Replay("a", 1, 2, 10, (_, _, bytes) => read.Add(bytes));
        Assert.Equal([body, []], read);
    }

    [Fact]
    public async Task writes_all_of_a_batch_or_nothing()
    {
        await Database.Events.Write(new StoredBatch([("a", 1, Text("one"))], []));

        await Assert.ThrowsAsync<ConflictException>(() => Database.Events.Write(new StoredBatch([("b", 1, Text("eins") with { Outcome = Outcome("r1", 0) }), ("a", 1, Text("again"))], [])));
        Assert.Equal(0, await Database.Events.Highest("b"));
        Assert.Empty(Store.Outcomes("run-1"));
    }

    [Fact]
    public async Task lists_a_run_with_what_is_known_of_it_so_far()
    {
        await Change(new RunChange("run-1") { New = Header });
        await Change(new RunChange("run-1") { Devices = 2 });
        await Write(Outcome("r1", 0), Outcome("r1", 1, "refused"), Outcome("r2", 0, "unknown"));
        var running = Assert.Single(Store.Runs());
        await Change(new RunChange("run-1") { State = "finished", Steps = 4, FinishedAt = At.AddMinutes(1) });

        Assert.Equal(("run-1", 2, null, "running", (DateTimeOffset?)null), (running.Id, running.Devices, running.Steps, running.State, running.FinishedAt));
        Assert.Equal((1, 1, 1), (running.Accepted, running.Refused, running.Unknown));
        Assert.Equivalent(Header, running.Header, strict: true);
        var finished = Store.Run("run-1")!;
        Assert.Equal((2, 4, "finished", (DateTimeOffset?)At.AddMinutes(1)), (finished.Devices, finished.Steps, finished.State, finished.FinishedAt));
    }

    [Fact]
    public async Task leaves_as_it_is_what_a_change_does_not_name()
    {
        await Change(new RunChange("run-1") { New = Header, Devices = 2 });
        await Change(new RunChange("run-1") { State = "finished", FinishedAt = At });
        await Change(new RunChange("run-1"));

        var run = Store.Run("run-1")!;
        Assert.Equal((2, "finished", (DateTimeOffset?)At), (run.Devices, run.State, run.FinishedAt));
    }

    [Fact]
    public async Task finds_a_run_by_the_beginning_of_its_name_when_only_one_begins_so()
    {
        foreach (var id in new[] { "20260101-aa", "20260101-aab", "20260101-aac", "20260101-ab", "20260102-aa" })
            await Change(new RunChange(id) { New = Header });

        Assert.Equal("20260102-aa", Store.Run("20260102")?.Id);
        Assert.Equal("20260101-aa", Store.Run("20260101-aa")?.Id);
        Assert.Null(Store.Run("20260101"));
        Assert.Null(Store.Run("2027"));
        Assert.Null(Store.Run("%"));
    }

    [Fact]
    public async Task lists_the_newest_runs_first_and_no_more_than_asked()
    {
        await Change(new RunChange("old") { New = Header });
        await Change(new RunChange("new") { New = Header with { At = At.AddDays(1) } });

        Assert.Equal(["new", "old"], Store.Runs().Select(run => run.Id));
        Assert.Equal(["new"], Store.Runs(most: 1).Select(run => run.Id));
    }

    [Fact]
    public async Task keeps_the_words_left_for_a_run_in_the_order_of_asking_until_they_are_dropped()
    {
        var token = TestContext.Current.CancellationToken;
        Store.Ask("run-1", "pause", "bob");
        Store.Ask("run-2", "cancel", "dave");
        Store.Ask("run-1", "unpause", "carol");

        var words = await Store.Words("run-1", 0, token);
        Assert.Equal([("pause", "bob"), ("unpause", "carol")], words.Select(word => (word.What, word.By)));
        Assert.Equal(words.Skip(1), await Store.Words("run-1", words[0].Id, token));
        Assert.Empty(await Store.Words("run-1", words[1].Id, token));

        await Store.DropWords("run-1", words[0].Id);
        await Store.DropWords("run-1", words[0].Id);
        Assert.Equal(words.Skip(1), await Store.Words("run-1", 0, token));
        await Store.DropWords("run-1", long.MaxValue);
        Assert.Empty(await Store.Words("run-1", 0, token));
        Assert.Equal(["cancel"], (await Store.Words("run-2", 0, token)).Select(word => word.What));
    }

    [Fact]
    public void keeps_recordings_piece_by_piece_and_each_piece_once()
    {
        var table = new RecordingTable(Database);
        var pieces = Enumerable.Range(0, 12).Select(piece => new string((char)('a' + piece), 20_000) + "\0\ud800é").ToArray();
        for (var piece = 0; piece < 11; piece++)
            table.Add("run-1", "r1", "b", piece, At, pieces[piece], isLast: false);
        table.Add("run-1", "r1", "a", 0, At.AddDays(-1), "earlier", isLast: true);
        table.Add("run-2", "r1", "c", 0, At, "another run's", isLast: true);

        Assert.Equal([new RecordingRow("r1", "a", At.AddDays(-1), true), new RecordingRow("r1", "b", At, false)], table.Of("run-1"));
        table.Add("run-1", "r1", "b", 11, At, pieces[11], isLast: true);
        table.Add("run-1", "r1", "b", 11, At, "sent again", isLast: true);

        Assert.All(table.Of("run-1"), row => Assert.True(row.Whole));
        Assert.Equal(string.Concat(pieces).Replace('\ud800', '\ufffd'), table.Text("run-1", "b"));
        Assert.Equal("earlier", table.Text("run-1", "a"));
        Assert.Null(table.Text("run-1", "c"));
        Assert.Empty(table.Of("run-3"));
    }

    [Fact]
    public async Task forgets_a_run_whole_and_no_other()
    {
        await Change(new RunChange("run-1") { New = Header });
        await Change(new RunChange("run-2") { New = Header });
        await Write(Outcome("r1", 0, output: new string('x', 1000)), Outcome("r1", 0) with { Run = "run-2" });
        Store.Ask("run-1", "pause", "bob");
        new RecordingTable(Database).Add("run-1", "r1", "a", 0, At, "seen", isLast: true);
        Store.Forget([("run-1", "run-1")]);
        Store.Forget([("run-1", "run-1")]);

        Assert.Equal([("run-2", 1)], Store.Runs().Select(run => (run.Id, run.Accepted)));
        Assert.Empty(Store.Outcomes("run-1"));
        Assert.Single(Store.Outcomes("run-2"));
        foreach (var table in new[] { "event", "request_queue", "recording", "outcome_count where run = 'run-1'" })
            Assert.Equal(0L, Convert.ToInt64(Rig.Ask($"select count(*) from {table}"), null));
    }

    [Fact]
    public async Task tells_a_hundred_thousand_outcomes_one_by_one_and_their_number()
    {
        await Change(new RunChange("run-1") { New = Header });
        for (var block = 0; block < 20; block++)
        {
            await Database.Events.Write(new StoredBatch(
                [.. Enumerable.Range(block * 5000, 5000).Select(number => ("bulk", number + 1L, Text("e") with { Outcome = Outcome($"r{number:000000}", 0, number % 10 == 0 ? "refused" : "accepted", "12:00") }))], []));
        }

        var counting = Stopwatch.StartNew();
        var run = Store.Run("run-1")!;
        counting.Stop();
        Assert.Equal((90_000, 10_000), (run.Accepted, run.Refused));

        // The first is here long before the last was read: a list is not gathered to be shown.
        var whole = Stopwatch.StartNew();
        using var outcomes = Store.Outcomes("run-1").GetEnumerator();
        Assert.True(outcomes.MoveNext());
        Assert.Equal("r000000", outcomes.Current.Device);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = 1;
        while (outcomes.MoveNext())
            Assert.Equal($"r{count++:000000}", outcomes.Current.Device);
        Assert.Equal(100_000, count);
        TestContext.Current.TestOutputHelper?.WriteLine($"count {counting.Elapsed.TotalMilliseconds:0} ms, all {whole.ElapsedMilliseconds} ms, {(GC.GetAllocatedBytesForCurrentThread() - before) / count} bytes a row");
    }

    protected static StoredEvent Text(string text) => new("text", Encoding.UTF8.GetBytes(text));

    protected static OutcomeRow Outcome(string device, int step, string verdict = "accepted", string output = "") => new()
    {
        Run = "run-1", Device = device, Step = step, Platform = "cisco_ios", Command = "show clock", Verdict = verdict, ElapsedMicroseconds = 0, Output = output,
    };

    protected Task Write(params OutcomeRow[] outcomes) =>
        Database.Events.Write(new StoredBatch([.. outcomes.Select(outcome => ("run-1", ++seq, Text("ended") with { Outcome = outcome }))], []));

    private Task Change(RunChange change) => Database.Events.Write(new StoredBatch([("run-1", ++seq, Text("changed") with { Run = change })], []));
}
