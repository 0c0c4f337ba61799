namespace Trigger.Wire.Ssh;

/// <summary>
/// The first bytes of the far end, peeked at before libssh takes them, to say what it speaks if that is not SSH. What was only peeked at is
/// replaced by the next look, since the same bytes may still lie there; <see cref="Keep"/> says that they are gone.
/// </summary>
internal sealed class FirstWords
{
    private const byte TelnetIac = 255;

    private readonly byte[] bytes = new byte[FarText.Most];
    private int kept;
    private int length;

    internal bool IsFull => kept == bytes.Length;

    internal bool IsEmpty => length == 0;

    internal string Text => FarText.Show(Heard);

    /// <summary>
    /// No use in waiting on: Telnet negotiates and HTTP has answered. Other lines may come before the identification
    /// (RFC 4253 §4.2), so they prove nothing yet.
    /// </summary>
    internal bool AreClearlyNotSsh => Heard.IndexOf(TelnetIac) >= 0 && !SaySsh || Heard.StartsWith("HTTP/"u8);

    /// <summary>Whether an identification line has come, or begun.</summary>
    internal bool SaySsh => Heard.StartsWith("SSH-"u8) || Heard.IndexOf("\nSSH-"u8) >= 0;

    private ReadOnlySpan<byte> Heard => bytes.AsSpan(0, length);

    internal void Peeked(ReadOnlySpan<byte> arrived)
    {
        var taken = arrived[..Math.Min(arrived.Length, bytes.Length - kept)];
        taken.CopyTo(bytes.AsSpan(kept));
        length = kept + taken.Length;
    }

    internal void Keep() => kept = length;
}
