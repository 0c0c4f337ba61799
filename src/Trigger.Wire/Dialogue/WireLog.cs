using System.Text;

namespace Trigger.Wire.Dialogue;

/// <summary>
/// What went over the wire, for people who look for a mistake: <c>&gt;</c> from us, <c>&lt;</c> from the device, control characters escaped, secrets masked
/// both where they were written and where the device echoes them.
/// </summary>
internal sealed class WireLog(Action<string> write) : IDisposable
{
    private readonly SecretFilter filter = new();
    private readonly Lock gate = new();

    /// <summary>A secret is about to be written.</summary>
    public void Hide(ReadOnlySpan<byte> secret)
    {
        lock (gate)
            filter.Add(secret);
        write("> (a secret)");
    }

    public void Sent(ReadOnlySpan<byte> bytes) => Show("> ", bytes);

    public void Received(ReadOnlySpan<byte> bytes)
    {
        byte[] passed;
        lock (gate)
            passed = filter.Pass(bytes);
        Show("< ", passed);
    }

    public void Closed(WireFault? fault)
    {
        byte[] rest;
        lock (gate)
            rest = filter.Flush();
        Show("< ", rest);
        write(fault is null ? "The line is closed." : $"The line broke: {fault}");
    }

    public void Dispose()
    {
        lock (gate)
            filter.Dispose();
    }

    private void Show(string direction, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(bytes.Length, FarText.Most)];
            write(direction + Encoding.UTF8.GetString(Masked(piece)));
            bytes = bytes[piece.Length..];
        }
    }

    // The mask is the one thing in the log that is not ASCII.
    private static byte[] Masked(ReadOnlySpan<byte> piece) => Encoding.UTF8.GetBytes(FarText.Show(piece).Replace(@"\xe2\x80\xa2", "•", StringComparison.Ordinal));
}
