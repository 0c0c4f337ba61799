using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Trigger.Devices.Credentials;

/// <summary>
/// The cipher of Trigger's <c>.tacacsrc</c>: 3DES-ECB over text padded with blanks, its key out of a file and the user's login name, or out of a passphrase. It hides and does not protect;
/// it is here to read old files, and nothing is ever written with it.
/// </summary>
internal sealed class TacacsrcCipher
{
    private const int Block = 8;
    private const int KeySize = 24;

    private readonly byte[] key;

    private TacacsrcCipher(byte[] key) => this.key = key;

    /// <param name="keyText">The first line of the key file.</param>
    /// <param name="login">The login name of the file's owner.</param>
    public static TacacsrcCipher FromKeyFile(string keyText, string login)
    {
        // The name went in with a line end behind it, and the whole through Perl's pack("H*"), which takes any character for a hexadecimal digit.
        var text = $"{keyText.Trim()}{login}\n".PadRight(2 * KeySize)[..(2 * KeySize)];
        var bytes = new byte[KeySize];
        for (var i = 0; i < KeySize; i++)
            bytes[i] = (byte)((Nibble(text[2 * i]) << 4) | Nibble(text[(2 * i) + 1]));
        return new TacacsrcCipher(bytes);
    }

    [SuppressMessage("Security", "CA5351", Justification = "What old files were written with; nothing new is.")]
    public static TacacsrcCipher FromPassphrase(ReadOnlySpan<byte> passphrase) =>
        new(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(MD5.HashData(passphrase))[..KeySize]));

    /// <exception cref="FormatException">The value is not base64 of whole blocks, or the key is one that 3DES refuses.</exception>
    [SuppressMessage("Security", "CA5350", Justification = "What old files were written with; nothing new is.")]
    public char[] Decrypt(string value)
    {
        var sealed_ = Convert.FromBase64String(value);
        if (sealed_.Length == 0 || sealed_.Length % Block != 0)
            throw new FormatException("It does not decode to whole blocks.");

        using var cipher = TripleDES.Create();
        try
        {
            cipher.Key = key;
        }
        catch (CryptographicException weak)
        {
            throw new FormatException("The key is too short for 3DES.", weak);
        }

        var plain = cipher.DecryptEcb(sealed_, PaddingMode.None);
        var end = plain.AsSpan().TrimEnd((byte)' ').Length;
        var text = new char[end];
        Encoding.Latin1.GetChars(plain.AsSpan(0, end), text);
        CryptographicOperations.ZeroMemory(plain);
        return text;
    }

    private static int Nibble(char digit) => digit switch
    {
        >= 'a' and <= 'z' => (digit - 'a' + 10) & 15,
        >= 'A' and <= 'Z' => (digit - 'A' + 10) & 15,
        _ => digit & 15,
    };
}
