using System.Text;

namespace Trigger.Wire;

/// <summary>Shows foreign bytes in a fault: printable ASCII as it is, the rest escaped, so that no terminal obeys them.</summary>
internal static class FarText
{
    internal const int Most = 256;

    internal static string Show(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var value in bytes[..Math.Min(bytes.Length, Most)])
        {
            _ = value switch
            {
                (byte)'\r' => text.Append("\\r"),
                (byte)'\n' => text.Append("\\n"),
                (byte)'\t' => text.Append("\\t"),
                >= 0x20 and < 0x7F => text.Append((char)value),
                _ => text.Append("\\x").Append(value.ToString("x2")),
            };
        }

        return text.ToString();
    }

    /// <summary>The same for text that a library already decoded.</summary>
    internal static string Show(string text) => Show(Encoding.UTF8.GetBytes(text));
}
