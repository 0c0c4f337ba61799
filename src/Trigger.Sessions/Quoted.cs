using System.Text;

namespace Trigger.Sessions;

/// <summary>Foreign text inside our own sentences: control characters become visible, and no more than a line or two is shown.</summary>
public static class Quoted
{
    private const int Longest = 200;
    private const int LongestCommand = 80;

    /// <summary>A command as far as a sentence needs it: NETCONF's can be as long as a configuration.</summary>
    public static string Command(string command) => command.Length <= LongestCommand ? command : $"{command.AsSpan(0, LongestCommand - 1)}…";

    /// <summary>The end of <paramref name="text"/> in double quotes, control characters escaped as C would.</summary>
    public static string Text(string text)
    {
        var from = Math.Max(0, text.Length - Longest);
        var quoted = new StringBuilder(from == 0 ? "\"" : "\"…", text.Length - from + 8);
        foreach (var c in text.AsSpan(from))
        {
            _ = c switch
            {
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '"' => quoted.Append("\\\""),
                _ when char.IsControl(c) => quoted.Append("\\x").Append(((int)c).ToString("x2")),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
