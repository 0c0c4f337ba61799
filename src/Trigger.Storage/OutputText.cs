using System.IO.Compression;
using System.Text;

namespace Trigger.Storage;

/// <summary>
/// How an answer's text is kept. Short ones stand in the outcome's own row. Longer ones are appended to a table of their own, so that the outcomes, which arrive in any order
/// of their key, share few pages and a commit writes little; very long ones are compressed there.
/// </summary>
internal static class OutputText
{
    /// <summary>The longest text that stays in the outcome's row, in characters.</summary>
    public const int Inline = 256;

    /// <summary>The longest text that is not worth compressing.</summary>
    public const int Plain = 16 * 1024;

    public static (byte[] Bytes, bool Packed) Pack(string output)
    {
        var text = Encoding.UTF8.GetBytes(output);
        if (output.Length <= Plain)
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
}
