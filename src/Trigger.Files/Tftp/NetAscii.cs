namespace Trigger.Files.Tftp;

/// <summary>RFC 764's text: a line ends with CR LF, and a lone CR is CR NUL. Works through any split.</summary>
internal sealed class NetAscii
{
    private const byte Cr = (byte)'\r';
    private const byte Lf = (byte)'\n';

    private bool afterCr;

    /// <summary>From a file to the wire.</summary>
    public static void Encode(ReadOnlySpan<byte> from, List<byte> to)
    {
        foreach (var one in from)
        {
            switch (one)
            {
                case Lf:
                    to.AddRange([Cr, Lf]);
                    break;
                case Cr:
                    to.AddRange([Cr, 0]);
                    break;
                default:
                    to.Add(one);
                    break;
            }
        }
    }

    /// <summary>From the wire to a file; a CR at the end waits for what follows.</summary>
    public byte[] Decode(ReadOnlySpan<byte> from)
    {
        var to = new List<byte>(from.Length + 1);
        foreach (var one in from)
        {
            if (afterCr)
            {
                afterCr = false;
                to.Add(one == Lf ? Lf : Cr);
                if (one is Lf or 0)
                    continue;
            }

            if (one == Cr)
                afterCr = true;
            else
                to.Add(one);
        }

        return [.. to];
    }

    /// <summary>What is left when nothing follows.</summary>
    public byte[] End()
    {
        var left = afterCr ? new[] { Cr } : [];
        afterCr = false;
        return left;
    }
}
