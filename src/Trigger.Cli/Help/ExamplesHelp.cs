using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Trigger.Cli.Help;

/// <summary>The library's help, and behind it examples that can be pasted.</summary>
internal sealed class ExamplesHelp(HelpAction usual, IReadOnlyDictionary<Command, string> examples) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        // The library says nothing of what the list of verbs leaves out, as it does the old tools' names; asked for help by name they shall answer.
        var command = parseResult.CommandResult.Command;
        (var hidden, command.Hidden) = (command.Hidden, false);
        usual.Invoke(parseResult);
        command.Hidden = hidden;
        var output = parseResult.InvocationConfiguration.Output;
        if (examples.TryGetValue(command, out var text))
        {
            output.WriteLine("Examples:");
            foreach (var line in text.Split('\n'))
                output.WriteLine("  " + line);
            output.WriteLine();
        }

        return ExitCode.AllWell;
    }
}
