using System.Net;
using Trigger.Node;
using Trigger.Node.Recordings;
using Trigger.Storage;
using Trigger.Tests.Kernel;
using Trigger.Tests.Storage;
using Trigger.Wire.Recording;

namespace Trigger.Tests.Node;

public sealed class Recordings_of_a_run : IAsyncDisposable
{
    private readonly NodeRig rig = new();

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task are_kept_with_it_one_for_each_session_and_without_passwords()
    {
        var (node, http) = await rig.Start("one", null, NodeRig.Book());
        using var ends = http;
        var run = await Submit(http, new { on = "all", commands = new[] { "show version" }, record = true, rules = new { canary = "1", checks = new[] { "show clock =~ ." }, checkOn = "lab-ios-002" } });

        WaitFor(node, run, sessions: 4);

        var kept = (await NodeRig.Ask(http, HttpMethod.Get, $"api/runs/{run}/recordings")).Answer.EnumerateArray().ToList();

        Assert.Equal(["lab-ios-001", "lab-ios-002", "lab-ios-002", "lab-ios-002"], kept.Select(one => one.GetProperty("device").GetString()!));
        foreach (var one in kept)
        {
            var text = (await NodeRig.Ask(http, HttpMethod.Get, $"api/runs/{run}/recordings/{one.GetProperty("session").GetString()}")).Text;
            var mistakes = new List<string>();
            var recording = RecordingText.Parse(text, "it", mistakes);
            Assert.Empty(mistakes);
            Assert.Equal("cisco_ios", recording!.Platform);
            Assert.Contains(@"> \{secret}", text, StringComparison.Ordinal);
            Assert.Contains("show ", text, StringComparison.Ordinal);
            Assert.Contains(" = closed by ", text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await NodeRig.Ask(http, HttpMethod.Get, $"api/runs/{run}/recordings/no-such")).Status);
    }

    [Fact]
    public async Task are_not_made_unasked()
    {
        using var http = (await rig.Start("one", null, NodeRig.Book())).Http;
        var run = await Submit(http, new { on = "lab-ios-001", commands = new[] { "show version" } });

        Assert.Empty((await NodeRig.Ask(http, HttpMethod.Get, $"api/runs/{run}/recordings")).Answer.EnumerateArray());
    }

    [Fact]
    public async Task are_refused_where_they_would_hold_what_is_to_be_hidden_or_nothing()
    {
        using var http = (await rig.Start("one", null, NodeRig.Book())).Http;

        var hidden = await NodeRig.Ask(http, HttpMethod.Post, "api/runs", new { commands = new[] { "show version" }, record = true, hideSecrets = true });
        var kept = await NodeRig.Ask(http, HttpMethod.Post, "api/runs", new { on = "all", backup = "", record = true });
        var netconf = await NodeRig.Ask(http, HttpMethod.Post, "api/runs", new { commands = new[] { "<get/>" }, record = true, netconf = true });

        Assert.All(new[] { hidden, kept, netconf }, refused => Assert.Equal("record", Assert.Single(refused.Answer.GetProperty("mistakes").EnumerateArray()).GetProperty("field").GetString()));
    }

    [Fact]
    public void are_in_the_database_before_their_session_is_over()
    {
        using var store = new SqliteRig();
        using var database = store.Open();
        var table = new RecordingTable(database);
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(number => $"{number}\n"));
        var writer = new RecordingShelf(table, TimeProvider.System).Begin("r1", "run-1", DateTimeOffset.UnixEpoch);

        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            writer.Write(line);
            writer.Write('\n');
        }

        var row = Assert.Single(table.Of("run-1"));
        Assert.False(row.Whole);
        var sofar = table.Text("run-1", row.Session)!;
        Assert.InRange(sofar.Length, text.Length - (64 * 1024), text.Length - 1);
        Assert.StartsWith(sofar, text, StringComparison.Ordinal);

        writer.Dispose();
        writer.Dispose();
        Assert.True(Assert.Single(table.Of("run-1")).Whole);
        Assert.Equal(text, table.Text("run-1", row.Session));
    }

    [Fact]
    public void are_given_up_as_files_are_when_the_database_does_not_take_them_and_begin_again_later()
    {
        using var store = new SqliteRig();
        using var database = store.Open();
        var (clock, table) = (new FakeClock(), new RecordingTable(database));
        var shelf = new RecordingShelf(table, clock);
        store.Ask("alter table recording rename to gone");
        Assert.Throws<IOException>(Whole);

        store.Ask("alter table gone rename to recording");
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Throws<IOException>(Whole);
        Assert.Empty(table.Of("run-1"));
        clock.Advance(TimeSpan.FromSeconds(1));
        Whole();
        Whole();

        Assert.Equal(2, table.Of("run-1").Count);

        void Whole()
        {
            var writer = shelf.Begin("r1", "run-1", clock.GetUtcNow());
            writer.Write("r1#");
            writer.Dispose();
        }
    }

    private static async Task<string> Submit(HttpClient http, object order)
    {
        var accepted = await NodeRig.Ask(http, HttpMethod.Post, "api/runs", order);
        Assert.True(accepted.Status == HttpStatusCode.Accepted, accepted.Text);
        var run = accepted.Answer.GetProperty("run").GetString()!;
        await NodeRig.Stands(http, run, "finished");
        return run;
    }

    // They are written behind the run. Asked of the database, since the API lets nobody ask without a pause.
    private static void WaitFor(NodeHost node, string run, int sessions) => Assert.True(
        SpinWait.SpinUntil(() => node.Records.Recordings(run) is var kept && kept.Count == sessions && kept.All(one => one.Whole), TimeSpan.FromMinutes(1)), "They were never kept.");
}
