using System.Text;

namespace Trigger.Cli.Terminal;

/// <summary>
/// Edits a line on our side, for far ends that do not show what is typed: echo, backspace, ^U, and the line goes off whole. Pure: keys in, what to show and
/// what to send out.
/// </summary>
internal sealed class LocalLine
{
    private const int Longest = 4096;

    private readonly List<byte> line = [];

    /// <returns>What to show, and what to send; either may be empty.</returns>
    public (byte[] Show, byte[] Send) Type(ReadOnlySpan<byte> keys)
    {
        var (show, send) = (new List<byte>(), new List<byte>());
        foreach (var key in keys)
            Type(key, show, send);

        return ([.. show], [.. send]);
    }

    /// <summary>What was typed and not sent yet: from now on the far end takes care of it.</summary>
    public byte[] Flush()
    {
        byte[] rest = [.. line];
        line.Clear();
        return rest;
    }

    private void Type(byte key, List<byte> show, List<byte> send)
    {
        switch (key)
        {
            case (byte)'\r' or (byte)'\n':
                show.AddRange("\r\n"u8);
                send.AddRange(Flush());
                send.AddRange("\r\n"u8);
                break;
            case 0x7F or (byte)'\b':
                Erase(show);
                break;
            case 0x15: // ^U
                while (line.Count > 0)
                    Erase(show);
                break;
            case < 0x20 and not (byte)'\t':
                show.AddRange([(byte)'^', (byte)(key + 0x40)]);
                send.AddRange(Flush());
                send.Add(key);
                break;
            default:
                if (line.Count == Longest)
                    send.AddRange(Flush());
                line.Add(key);
                show.Add(key);
                break;
        }
    }

    private void Erase(List<byte> show)
    {
        if (line.Count == 0)
            return;

        // One character on the screen may be several bytes.
        while (line.Count > 1 && (line[^1] & 0xC0) == 0x80)
            line.RemoveAt(line.Count - 1);
        line.RemoveAt(line.Count - 1);
        show.AddRange(Encoding.ASCII.GetBytes("\b \b"));
    }
}
