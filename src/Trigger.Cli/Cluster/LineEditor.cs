namespace Trigger.Cli.Cluster;

/// <summary>Reads lines from a person at a terminal, with history and completion.</summary>
internal sealed class LineEditor
{
    private const int Longest = 1000;

    private readonly List<string> history = [];

    /// <summary>The next line; null when the person has had enough (^D on an empty line).</summary>
    public string? Read(string prompt, Func<string, IEnumerable<string>> candidates)
    {
        var line = new EditedLine(history);
        while (true)
        {
            Draw(prompt, line);
            var key = Console.ReadKey(intercept: true);
            if (key is { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } && line.Text.Length == 0)
            {
                Console.WriteLine();
                return null;
            }

            if (key.Key == ConsoleKey.Tab)
            {
                if (line.Complete(candidates) is { Count: > 0 } choices)
                    Console.WriteLine($"\r\n{string.Join("  ", choices)}");
            }
            else if (line.Take(key))
            {
                Console.WriteLine();
                Remember(line.Text);
                return line.Text;
            }
        }
    }

    private void Remember(string line)
    {
        if (line.Trim().Length == 0 || (history.Count > 0 && history[^1] == line))
            return;
        history.Add(line);
        if (history.Count > Longest)
            history.RemoveAt(0);
    }

    // \r, the line, erase what was longer before, and back to the cursor.
    private static void Draw(string prompt, EditedLine line)
    {
        Console.Write($"\r{prompt}{line.Text}\e[K");
        if (line.Cursor < line.Text.Length)
            Console.Write($"\e[{line.Text.Length - line.Cursor}D");
    }
}
