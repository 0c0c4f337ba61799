using Trigger.Cli.Terminal;
using Trigger.Wire.Dialogue;

namespace Trigger.Cli.Shell;

/// <summary>Puts a person, or a pipe, in front of a dialogue.</summary>
internal static class ShellDesk
{
    /// <summary>What TERM says, or what everybody understands.</summary>
    public static string TerminalType => Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } term ? term : "vt100";

    /// <summary>The window, or what a program may take for one where there is none.</summary>
    public static (int Columns, int Rows) Size => RawTerminal.Size ?? (80, 24);

    /// <param name="ready">Completes when keys may go to the far end.</param>
    /// <param name="menu">What to do at the escape key, given what is typed next and the screen; null leaves at once.</param>
    public static async Task<ShellEnd> Talk(
        LineDialogue dialogue, ShellManners manners, Task ready, bool endsLines, Func<TypedKeys, Stream, Task<bool>>? menu, CancellationToken cancel)
    {
        using var keys = new KeyStream();
        using var screen = new ScreenStream();
        using var terminal = RawTerminal.Enter((columns, rows) => dialogue.Line.Resize(columns, rows));
        var shell = new TerminalShell(dialogue, keys, screen, terminal is null ? EscapeKey.Parse("none")! : manners.Escape, TimeProvider.System)
        {
            Menu = menu is null ? null : typed => menu(typed, screen),
            Transcript = manners.Transcript,
            Linger = manners.Linger,
            EndsLines = endsLines && terminal is null,
            Quiet = terminal is null,
        };
        try
        {
            var end = await shell.Run(ready, cancel).ConfigureAwait(false);
            if (end == ShellEnd.Escaped)
                await screen.WriteAsync("\r\n"u8.ToArray(), CancellationToken.None).ConfigureAwait(false); // The device's prompt stands there still.
            return end;
        }
        catch (IOException)
        {
            dialogue.Line.Abort();
            return ShellEnd.Interrupted;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return ShellEnd.Interrupted;
        }
    }

    /// <summary>The far command's error stream is ours.</summary>
    public static void Complain(ReadOnlyMemory<byte> bytes)
    {
        using var errors = Console.OpenStandardError();
        errors.Write(bytes.Span);
    }

    /// <summary>For the person, not for the pipe that reads our output.</summary>
    public static void Say(string sentence)
    {
        if (RawTerminal.IsThere)
            Console.Error.WriteLine(sentence);
    }
}
