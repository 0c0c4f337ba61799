using System.CommandLine;
using System.Text;
using Trigger.Cli.Output;
using Trigger.Node;

namespace Trigger.Cli.Run;

/// <summary>How a run is shown, and where its answers go.</summary>
internal sealed class ViewOptions
{
    // On a terminal many answers wait in the journal unless --show asks; without one, all are printed.
    private readonly Option<bool> show = new("--show") { Arity = ArgumentArity.Zero, Description = "Print every answer even on a terminal with many devices." };
    private readonly Option<string?> folder = new("--out") { Description = "Write every answer to a file of its own under DIR.", HelpName = "DIR" };

    public Option<bool> Json { get; } = new("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line on standard output, one per device and command." };

    public void AddTo(Command command)
    {
        command.Add(Json);
        command.Add(folder);
        command.Add(show);
    }

    public async Task<int> Follow(ParseResult line, RunHandle run, string state)
    {
        var asJson = line.GetValue(Json);
        var output = new BufferedStream(Console.OpenStandardOutput(), 64 * 1024);
        var text = asJson ? null : new StreamWriter(output, new UTF8Encoding(false));
        try
        {
            var files = line.GetValue(folder) is { } directory ? new OutputFolder(directory) : null;
            using var terminal = Screens.ErrorIsTerminal && (asJson || Screens.OutputIsTerminal) && !line.GetValue(show)
                ? new TerminalView(Screens.OnError(), text, state)
                : null;
            IRunView view = terminal is not null ? terminal : new PlainView(text, Console.Error, state);
            return await new RunFollower(view, asJson ? output : null, files, Console.Error).Follow(run);
        }
        finally
        {
            if (text is not null)
                await text.FlushAsync();
            await output.FlushAsync();
        }
    }
}
