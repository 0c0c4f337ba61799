using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Trigger.Node.Security;

namespace Trigger.Node.Palettes;

/// <summary><c>log …</c>.</summary>
internal static class LogCommands
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static IEnumerable<CommandDefinition> Of(NodeHost node)
    {
        yield return CommandDefinition.Of("log", "peek", "[-n COUNT]", "The latest lines.", Role.Viewer, call => Tail(node).After(0).TakeLast(call.Number("n", 20)).Select(Line));
        yield return new CommandDefinition("log", "tail", "[-n COUNT]", "The latest lines, and those that follow.", Role.Viewer, (call, cancel) => Follow(node, call.Number("n", 20), cancel));
        yield return CommandDefinition.Of("log", "level", "[LEVEL [CATEGORY]]", "What is worth a line: trace, debug, information, warning, error, none.", Role.Admin, call => Level(node, call));
    }

    private static IEnumerable<CommandLine> Level(NodeHost node, CommandCall call)
    {
        var tail = Tail(node);
        if (call.Words.Count > 2 || (call.Words.Count > 0 && !Enum.TryParse<LogLevel>(call.Words[0], ignoreCase: true, out _)))
            throw new CommandException("Say one of trace, debug, information, warning, error, critical, none, and for which category (all).");
        if (call.Words.Count > 0)
            tail.Set(call.Words.Count > 1 ? call.Words[1] : "", Enum.Parse<LogLevel>(call.Words[0], ignoreCase: true));
        return tail.Levels.OrderBy(level => level.Key, StringComparer.Ordinal).Select(level => new CommandLine($"{level.Key}: {level.Value}", new { category = level.Key, level = level.Value.ToString() }))
            .Prepend(new CommandLine($"all: {tail.Level}", new { category = "", level = tail.Level.ToString() }));
    }

    private static async IAsyncEnumerable<CommandLine> Follow(NodeHost node, int first, [EnumeratorCancellation] CancellationToken cancel)
    {
        var tail = Tail(node);
        var lines = tail.After(0).TakeLast(first).ToArray();
        for (var at = 0L; !cancel.IsCancellationRequested; lines = [.. tail.After(at)])
        {
            foreach (var line in lines)
            {
                at = line.Number;
                yield return Line(line);
            }

            await Task.Delay(Pause, node.Time, cancel).ConfigureAwait(false);
        }
    }

    private static LogTail Tail(NodeHost node) => node.Log ?? throw new CommandException("This node's host keeps no log for the console.");

    private static CommandLine Line(LogLine line) => new(line.ToString(), line);
}
