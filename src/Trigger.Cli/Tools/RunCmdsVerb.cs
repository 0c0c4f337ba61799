using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Devices.Platforms;

namespace Trigger.Cli.Tools;

/// <summary><c>run_cmds</c>: shows what would be sent, and sends it when told to push.</summary>
internal static class RunCmdsVerb
{
    public static Command Create(Dictionary<Command, string> examples)
    {
        // Everything here is the command line of a device already.
        var cli = new Option<bool>("--force-cli", "-f") { Arity = ArgumentArity.Zero, Description = "Accepted, and the case anyway: commands are typed as they are." };
        var command = new Command("run_cmds", "Runs commands on devices once --push says so. Exit code: 0 all well, 1 some device failed, 2 bad input, 3 in doubt.") { cli };
        new ToolDesk("run_cmds", new ToolOptions("commands"), Prepare).AddTo(command);
        examples.Add(command, "trigger run_cmds -d core1,core2 -c 'show version,show clock'\ntrigger run_cmds -D devices.txt -C commands.txt --push\ntrigger run_cmds -p ./per-device --push -j 20");
        return command;
    }

    private static ToolWork Prepare(ParseResult line, Platform platform, IReadOnlyList<ToolText> texts, bool full, Mistakes mistakes) => new([], ToolLines.Of(texts, mistakes));
}
