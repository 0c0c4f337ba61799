using Spectre.Console;

namespace Trigger.Cli.Output;

/// <summary>What is at the other end of our streams.</summary>
internal static class Screens
{
    public static bool OutputIsTerminal => !Console.IsOutputRedirected;

    public static bool ErrorIsTerminal => !Console.IsErrorRedirected;

    /// <summary>A console that draws on standard error, so that standard output stays clean for results.</summary>
    public static IAnsiConsole OnError() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
}
