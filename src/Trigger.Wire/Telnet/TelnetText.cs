using System.Buffers;

namespace Trigger.Wire.Telnet;

/// <summary>Our data on its way out.</summary>
internal static class TelnetText
{
    private static readonly SearchValues<byte> Special = SearchValues.Create(TelnetCode.Iac, (byte)'\r');

    /// <summary>
    /// Doubles IAC. Outside of BINARY a carriage return must be followed by LF or NUL (RFC 854), so one that is followed by neither gets a NUL; a line end therefore
    /// belongs into one write.
    /// </summary>
    internal static byte[] Encode(ReadOnlySpan<byte> bytes, bool binary = false)
    {
        if (bytes.IndexOfAny(Special) < 0)
            return bytes.ToArray();

        var encoded = new ArrayBufferWriter<byte>(bytes.Length + 16);
        while (true)
        {
            var plain = bytes.IndexOfAny(Special);
            encoded.Write(plain < 0 ? bytes : bytes[..(plain + 1)]);
            if (plain < 0)
                return encoded.WrittenSpan.ToArray();

            if (bytes[plain] == TelnetCode.Iac)
                encoded.Write([TelnetCode.Iac]);
            else if (!binary && (plain + 1 == bytes.Length || bytes[plain + 1] is not ((byte)'\n' or 0)))
                encoded.Write([(byte)0]);

            bytes = bytes[(plain + 1)..];
        }
    }
}
