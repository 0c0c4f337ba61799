using System.Text;

namespace Trigger.Kernel.Event;

/// <summary>Fills templates of both kinds, <c>{0}</c> and <c>{Name}</c>. A template with a mistake is shown as far as it makes sense: a log line never throws.</summary>
internal static class LogTemplate
{
    internal static string Render(string template, IReadOnlyList<object?> args)
    {
        if (args.Count == 0 || !template.Contains('{', StringComparison.Ordinal))
            return template;

        var text = new StringBuilder(template.Length + 32);
        var named = 0;
        var at = 0;
        while (at < template.Length)
        {
            var c = template[at];
            var close = c == '{' ? template.IndexOf('}', at) : -1;
            if (c is '{' or '}' && at + 1 < template.Length && template[at + 1] == c)
            {
                text.Append(c);
                at += 2;
            }
            else if (close > at)
            {
                AppendHole(text, template.AsSpan(at + 1, close - at - 1), args, ref named);
                at = close + 1;
            }
            else
            {
                text.Append(c);
                at++;
            }
        }

        return text.ToString();
    }

    private static void AppendHole(StringBuilder text, ReadOnlySpan<char> hole, IReadOnlyList<object?> args, ref int named)
    {
        var colon = hole.IndexOf(':');
        var format = colon < 0 ? null : hole[(colon + 1)..].ToString();
        var name = colon < 0 ? hole : hole[..colon];
        var index = int.TryParse(name, out var number) ? number : named++;
        if (index < 0 || index >= args.Count)
            text.Append('{').Append(hole).Append('}');
        else if (args[index] is IFormattable formattable)
            text.Append(formattable.ToString(format, formatProvider: null));
        else
            text.Append(args[index]?.ToString() ?? "null");
    }
}
