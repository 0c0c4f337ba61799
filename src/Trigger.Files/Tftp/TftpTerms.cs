using System.Globalization;

namespace Trigger.Files.Tftp;

/// <summary>What a client and the server have agreed on: RFC 2348's block size, RFC 2349's timeout and size.</summary>
/// <param name="Agreed">What the server says to it; empty when the client asked for nothing that the server knows, and then it says nothing.</param>
internal sealed record TftpTerms(int BlockSize, TimeSpan Timeout, IReadOnlyList<(string Name, string Value)> Agreed)
{
    public const int UsualBlock = 512;

    // The largest that fits into an UDP datagram over IPv4 (RFC 2348).
    private const int LargestBlock = 65464;

    public static TimeSpan UsualTimeout { get; } = TimeSpan.FromSeconds(3);

    /// <param name="size">Of the file that is read; null when it is not known before it is sent.</param>
    public static TftpTerms Of(TftpPacket.Request request, long? size)
    {
        var (block, timeout, agreed) = (UsualBlock, UsualTimeout, new List<(string, string)>());
        foreach (var (name, value) in request.Options.DistinctBy(option => option.Name))
        {
            if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                continue;

            switch (name)
            {
                case "blksize" when number >= 8:
                    block = (int)Math.Min(number, LargestBlock);
                    agreed.Add((name, block.ToString(CultureInfo.InvariantCulture)));
                    break;
                case "timeout" when number is >= 1 and <= 255:
                    timeout = TimeSpan.FromSeconds(number);
                    agreed.Add((name, value));
                    break;
                case "tsize" when request.Writes:
                    agreed.Add((name, value));
                    break;
                case "tsize" when size is { } known:
                    agreed.Add((name, known.ToString(CultureInfo.InvariantCulture)));
                    break;
            }
        }

        return new TftpTerms(block, timeout, agreed);
    }
}
