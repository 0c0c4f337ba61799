using System.Data.Common;
using System.IO.Compression;
using System.Text;

namespace Trigger.Storage;

/// <summary>
/// How texts of devices are kept. Short answers stand in the outcome's own row. Longer ones lie beside it, so that the outcomes, which arrive in any order
/// of their key, share few pages and a commit writes little; very long ones are compressed there. Devices send NUL, and people's files halves of characters; no database takes both as text.
/// </summary>
internal static class OutputText
{
    /// <summary>The longest text that stays in the outcome's row, in characters.</summary>
    public const int Inline = 256;

    /// <summary>The longest text that is not worth compressing.</summary>
    public const int Plainest = 16 * 1024;

    public static (byte[] Bytes, bool Packed) Pack(string output)
    {
        var text = Encoding.UTF8.GetBytes(output);
        if (output.Length <= Plainest)
            return (text, false);

        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
            brotli.Write(text);
        return (packed.ToArray(), true);
    }

    public static string Expand(byte[] bytes, bool packed)
    {
        if (!packed)
            return Encoding.UTF8.GetString(bytes);

        using var plain = new StreamReader(new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress), Encoding.UTF8);
        return plain.ReadToEnd();
    }

    /// <summary>A value for a column that takes both text and bytes: bytes when a NUL would end the text early.</summary>
    public static object? Whole(string? text) => text is not null && text.Contains('\0', StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(text) : text;

    /// <summary>A text as every database takes it. What it cannot say becomes U+FFFD.</summary>
    public static string Plain(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') >= 0)
            text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        return text.Replace('\0', '\ufffd');
    }

    /// <summary>A text that was kept as text or as bytes; null for NULL.</summary>
    public static string? Read(DbDataReader reader, int column) => reader.GetValue(column) switch
    {
        string text => text,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        _ => null,
    };
}
