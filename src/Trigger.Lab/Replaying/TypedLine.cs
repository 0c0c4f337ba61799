using Trigger.Wire.Recording;

namespace Trigger.Lab.Replaying;

/// <summary>Holds what is typed against what was typed when it was recorded. All ways to end a line are one, and the marks of secrets and user names fit whatever stands there.</summary>
internal sealed class TypedLine
{
    private readonly List<byte> taken = [];
    private RecordedMove.Sent? sent;
    private byte[] wanted = [];
    private int at;

    public bool IsWhole => at == wanted.Length;

    /// <summary>What was typed of it, for people; nothing that may be a secret.</summary>
    public string Before => RecordingText.Escaped([.. taken]);

    public void Expect(RecordedMove.Sent expected)
    {
        if (ReferenceEquals(sent, expected))
            return;

        sent = expected;
        at = 0;
        taken.Clear();
        wanted = WithOneReturn(expected.Bytes.Span);
    }

    public void Forget() => sent = null;

    /// <summary>False when this is not what was typed then.</summary>
    public bool Take(byte one)
    {
        if (wanted[at] is RecordedMove.Secret or RecordedMove.UserName)
        {
            // It ends where that begins which stands behind it; where nothing does, with one key.
            var behind = at + 1 < wanted.Length ? wanted[at + 1] : (byte?)null;
            if (behind is null)
                at++;
            else if (behind == one)
                at += 2;
            return true;
        }

        if (wanted[at] != one)
            return false;
        taken.Add(one);
        at++;
        return true;
    }

    private static byte[] WithOneReturn(ReadOnlySpan<byte> bytes)
    {
        var plain = new List<byte>(bytes.Length);
        var afterReturn = false;
        foreach (var one in bytes)
        {
            if (!(afterReturn && one is (byte)'\n' or 0))
                plain.Add(one == '\n' ? (byte)'\r' : one);
            afterReturn = one == '\r';
        }

        return [.. plain];
    }
}
