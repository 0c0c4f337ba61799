using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Cli.Shell;

namespace Trigger.Cli.Completion;

/// <summary><c>trigger complete PROGRAM WORD…</c>, which shells ask and people need not know. It is no verb of the parser's, because its words are somebody else's command line.</summary>
internal static class CompleteCall
{
    public const string Verb = "complete";

    /// <param name="words">The program as it was called, and what was typed behind it.</param>
    public static int Answer(Command root, string[] words)
    {
        if (words.Length == 0)
            return ExitCode.BadInput;

        var line = CalledAs.Verb(words[0], words[1..]);
        using var output = new StreamWriter(Console.OpenStandardOutput());
        foreach (var answer in Completer.Complete(root, line, () => Names(line), Others))
            output.Write(answer + "\n");
        return ExitCode.AllWell;
    }

    private static IEnumerable<string> Others(string kind) => kind == Completer.Platform
        ? PlatformOption.Usual().Ids.Order(StringComparer.Ordinal)
        : Configured.Settings.All.Select(setting => setting.Path["trigger.".Length..]);

    // The inventory that the line names, else the usual one. Of one with mistakes, what can be read of it.
    private static IReadOnlyList<string> Names(string[] line)
    {
        var named = Enumerable.Range(0, Math.Max(0, line.Length - 2)).Where(index => line[index] is "--inventory" or "-i").Select(index => line[index + 1]).ToList();
        var sources = Places.Inventories(named);
        return DeviceNames.OfUser().Of(sources, () => [.. InventoryOptions.Load(sources, PlatformOption.Usual(), new Mistakes())?.All.Select(device => device.Name).Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>()]);
    }
}
