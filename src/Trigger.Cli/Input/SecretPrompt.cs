using Trigger.Devices;

namespace Trigger.Cli.Input;

/// <summary>Asks for secrets at the keyboard, without showing them.</summary>
internal static class SecretPrompt
{
    public static bool CanAsk => !Console.IsInputRedirected && !Console.IsErrorRedirected;

    /// <summary>Null when nothing was typed.</summary>
    public static Secret? Ask(string question)
    {
        Console.Error.Write(question);
        var typed = new List<char>();
        while (true)
        {
            var key = Console.IsInputRedirected ? default : Console.ReadKey(intercept: true);
            if (Console.IsInputRedirected || key.Key == ConsoleKey.Enter)
                break;
            if (key.Key == ConsoleKey.Backspace && typed.Count > 0)
                typed.RemoveAt(typed.Count - 1);
            else if (!char.IsControl(key.KeyChar))
                typed.Add(key.KeyChar);
        }

        Console.Error.WriteLine();
        var text = typed.ToArray();
        var secret = text.Length == 0 ? null : new Secret(text);
        Array.Clear(text);
        return secret;
    }

    /// <summary>Asks twice; null when the answers differ or are empty.</summary>
    public static Secret? AskTwice(string question, string again)
    {
        var first = Ask(question);
        using var second = Ask(again);
        if (first is not null && second is not null && first.SameAs(second))
            return first;

        first?.Dispose();
        return null;
    }
}
