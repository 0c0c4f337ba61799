using System.CommandLine;
using System.Text;
using Trigger.Cli.Input;
using Trigger.Cli.Output;
using Trigger.Jobs;
using Trigger.Node;
using Trigger.Notify;

namespace Trigger.Cli.Run;

/// <summary>How a run is shown, and where its answers go.</summary>
internal sealed class ViewOptions
{
    // On a terminal many answers wait in the journal unless --show asks; without one, all are printed.
    private readonly Option<bool> show = new("--show") { Arity = ArgumentArity.Zero, Description = "Print every answer even on a terminal with many devices." };
    private readonly Option<bool> table = new("--table") { Arity = ArgumentArity.Zero, Description = "Print one table at the end, a row for each answer; with --parse, the rows of the answers' own tables." };
    private readonly Option<string?> folder = new("--out") { Description = "Write every answer to a file of its own under DIR.", HelpName = "DIR" };

    private readonly Option<string?> notify = new("--notify")
    {
        Description = "Who is told how the run went, by mail or web hook. Default: ./hocon/notifications.conf, ~/.config/trigger/notifications.conf, /etc/trigger/notifications.conf, the first that exists.",
        HelpName = "FILE",
    };

    private readonly ParseOptions parse = new();

    public Option<bool> Json { get; } = new("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line on standard output, one per device and command." };

    public void AddTo(Command command)
    {
        command.Add(Json);
        command.Add(folder);
        command.Add(show);
        command.Add(table);
        command.Add(notify);
        parse.AddTo(command);
    }

    /// <summary>Reads what the view needs, so that its mistakes are told with all others.</summary>
    public ViewPlan Prepare(ParseResult line, Mistakes mistakes)
    {
        if (line.GetValue(table) && line.GetValue(Json))
            mistakes.Add("--table is for people, and --json for programs; one of them.");
        var found = new List<string>();
        var listeners = (line.GetValue(notify) ?? Places.Notifications()) is { } file ? NotificationSettings.ReadFile(file, found, TimeProvider.System) : new NotificationDesk([], TimeProvider.System);
        mistakes.Add(found);
        return new ViewPlan(parse.Load(line, mistakes), listeners);
    }

    public Task<int> Follow(ParseResult line, RunHandle run, string state, ViewPlan plan) => Follow(line, run.Id, run.News, state, plan);

    /// <param name="news">What there is to tell, from the beginning to the end.</param>
    public async Task<int> Follow(ParseResult line, RunId run, IAsyncEnumerable<RunNews> news, string state, ViewPlan plan)
    {
        var (asJson, asTable) = (line.GetValue(Json), line.GetValue(table));
        var output = new BufferedStream(Console.OpenStandardOutput(), 64 * 1024);
        var text = asJson ? null : new StreamWriter(output, new UTF8Encoding(false));
        try
        {
            var files = line.GetValue(folder) is { } directory ? new OutputFolder(directory) : null;
            using var terminal = Screens.ErrorIsTerminal && (asJson || Screens.OutputIsTerminal) && !line.GetValue(show)
                ? new TerminalView(Screens.OnError(), asTable ? null : text, state)
                : null;
            IRunView view = terminal is not null ? terminal : new PlainView(asTable ? null : text, Console.Error, state);
            if (asTable)
                view = new TabledView(view, text!);
            return await new RunFollower(view, asJson ? output : null, files, Console.Error, plan).Follow(run, news);
        }
        finally
        {
            if (text is not null)
                await text.FlushAsync();
            await output.FlushAsync();
        }
    }
}
