using System.Text;
using Trigger.Cli.Terminal;
using Trigger.Wire.Telnet;

namespace Trigger.Cli.Shell;

/// <summary>What the escape key of <c>trigger telnet</c> opens: a line for ourselves, in the manner of every telnet client.</summary>
internal sealed class TelnetMenu(TelnetSession session, EscapeKey escape)
{
    private const string Usage = "quit | send brk|ip|ao|ayt|ec|el|nop|escape | status | an empty line goes back";

    /// <summary>True when the person leaves.</summary>
    public async Task<bool> Open(TypedKeys keys, Stream screen)
    {
        while (true)
        {
            await Show(screen, "\r\ntelnet> ").ConfigureAwait(false);
            var words = (await Line(keys, screen).ConfigureAwait(false))?.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            switch (words)
            {
                case null or ["q" or "quit" or "exit" or "close", ..]:
                    return true;
                case []:
                    return false;
                case ["send", var what] when Send(what):
                    return false;
                case ["status"]:
                    await Show(screen, $"{session.Greeting.Address}, {(((TelnetLine)session.Line).FarEndEchoes ? "which echoes" : "which does not echo")}; escape is {escape.Name}").ConfigureAwait(false);
                    return false;
                default:
                    await Show(screen, Usage).ConfigureAwait(false);
                    break;
            }
        }
    }

    private bool Send(string what)
    {
        if (what == "escape")
        {
            session.Line.Write([escape.Key]);
            return true;
        }

        var signal = what switch
        {
            "brk" or "break" => TelnetSignal.Break,
            "ip" => TelnetSignal.InterruptProcess,
            "ao" => TelnetSignal.AbortOutput,
            "ayt" => TelnetSignal.AreYouThere,
            "ec" => TelnetSignal.EraseCharacter,
            "el" => TelnetSignal.EraseLine,
            "nop" => TelnetSignal.NoOperation,
            _ => (TelnetSignal?)null,
        };
        if (signal is not { } known)
            return false;

        session.Signal(known);
        return true;
    }

    private static async Task<string?> Line(TypedKeys keys, Stream screen)
    {
        var text = new StringBuilder();
        var key = new byte[1];
        while (await keys.ReadAsync(key).ConfigureAwait(false) == 1)
        {
            switch (key[0])
            {
                case (byte)'\r' or (byte)'\n':
                    await Show(screen, "\r\n").ConfigureAwait(false);
                    return text.ToString();
                case 0x7F or (byte)'\b' when text.Length > 0:
                    text.Length--;
                    await Show(screen, "\b \b").ConfigureAwait(false);
                    break;
                case >= 0x20 and < 0x7F when text.Length < 80:
                    text.Append((char)key[0]);
                    await Show(screen, ((char)key[0]).ToString()).ConfigureAwait(false);
                    break;
            }
        }

        return null;
    }

    private static async Task Show(Stream screen, string text)
    {
        await screen.WriteAsync(Encoding.ASCII.GetBytes(text)).ConfigureAwait(false);
        await screen.FlushAsync().ConfigureAwait(false);
    }
}
