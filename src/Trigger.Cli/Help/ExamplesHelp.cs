using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Trigger.Cli.Help;

/// <summary>The library's help, and behind it examples that can be pasted.</summary>
internal sealed class ExamplesHelp(HelpAction usual, IReadOnlyDictionary<Command, string> examples) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (examples.TryGetValue(parseResult.CommandResult.Command, out var text))
        {
            output.WriteLine("Examples:");
            foreach (var line in text.Split('\n'))
                output.WriteLine("  " + line);
            output.WriteLine();
        }

        return ExitCode.AllWell;
    }
}
