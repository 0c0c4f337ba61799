using Spectre.Console;
using Trigger.Cli.Output;
using Trigger.Jobs;

namespace Trigger.Cli.Run;

/// <summary>For a person at a terminal: a bar while it runs, a table at the end.</summary>
internal sealed class TerminalView : IRunView, IDisposable
{
    // More answers than this are not read on a screen; they wait in the journal.
    private const int MostShown = 20;

    private readonly IAnsiConsole console;
    private readonly TextWriter? results;
    private readonly string state;
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<ResultLine> kept = [];
    private Task drawing = Task.CompletedTask;
    private ProgressTask? bar;
    private string turn = "";
    private string kinds = "";
    private string pace = "";
    private int done;
    private int failed;
    private int devices;
    private bool showAll;

    /// <param name="results">Where answers are shown when they are few; null when they are printed as JSON.</param>
    public TerminalView(IAnsiConsole console, TextWriter? results, string state)
    {
        this.console = console;
        this.results = results;
        this.state = state;
    }

    public void Began(RunNews.Began began)
    {
        devices = began.Devices.Count;
        showAll = results is not null && began.Open <= MostShown;
        console.WriteLine($"run {began.Spec.Id}: {devices} devices, {began.Spec.AllCommands.Count} commands");
        var started = new TaskCompletionSource<ProgressTask>(TaskCreationOptions.RunContinuationsAsynchronously);
        drawing = console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                started.SetResult(context.AddTask("0 done", maxValue: devices));
                await over.Task;
            });
        bar = started.Task.GetAwaiter().GetResult();
    }

    public void Ended(ResultLine result)
    {
        if (showAll)
            kept.Add(result);
    }

    public void DeviceDone(bool ok, RunTally tally)
    {
        done++;
        failed += ok ? 0 : 1;
        turn = "";
        (kinds, pace) = (tally.FaultsInShort, tally.Pace.Short);
        Describe();
    }

    public void Changed(string text) => console.WriteLine($"== {text}");

    public void Turned(string text)
    {
        turn = text;
        Describe();
    }

    public void Finished(RunTally tally)
    {
        Dispose();
        foreach (var result in kept)
            ResultText.Write(results!, result);
        results?.Flush();

        var counts = new Table().Border(TableBorder.Rounded).AddColumn("devices").AddColumn("with faults").AddColumn("accepted").AddColumn("refused").AddColumn("unknown");
        counts.AddRow($"{tally.Devices}", $"{tally.DevicesFailed}", $"{tally.Accepted}", $"{tally.Refused}", $"{tally.Unknown}");
        console.Write(counts);
        if (tally.DevicesFailed > 0)
        {
            var faults = new Table().Border(TableBorder.Rounded).AddColumn("fault").AddColumn(new TableColumn("steps").RightAligned()).AddColumn("devices");
            foreach (var (kind, steps, devices) in tally.Faults)
                faults.AddRow(Markup.Escape(kind), $"{steps}", Markup.Escape(devices));
            console.Write(faults);
            foreach (var (device, why) in tally.Look)
                console.WriteLine($"look at {device}: {why}");
        }

        console.WriteLine(tally.Pace.Whole);

        foreach (var line in Further.Lines(tally, state))
            console.WriteLine(line);
    }

    private void Describe()
    {
        if (bar is null)
            return;

        bar.Value = done;
        var sofar = failed == 0 ? $"{done}/{devices}" : $"{done}/{devices}, [red]{failed} failed{(kinds.Length > 0 ? $" ({Markup.Escape(kinds)})" : "")}[/]";
        if (pace.Length > 0)
            sofar = $"{sofar}; {pace}";
        bar.Description = turn.Length == 0 ? sofar : $"{sofar}; {Markup.Escape(turn)}";
    }

    public void Dispose()
    {
        over.TrySetResult();
        drawing.GetAwaiter().GetResult();
    }
}
