using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>What is still to be written, in order, as far as the far end's window lets it. Small writes that wait together go out together.</summary>
internal sealed unsafe class SshOutbox
{
    private readonly Queue<ReadOnlyMemory<byte>> waiting = new();
    private int sent;

    internal bool IsEmpty => waiting.Count == 0;

    internal void Add(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > 0)
            waiting.Enqueue(bytes);
    }

    /// <summary>Writes what can be written now; false when the channel has failed. A short count is no error.</summary>
    /// <param name="scratch">Where small writes are put together; nothing in it is needed afterwards. Empty where each shall go out by itself.</param>
    internal bool Flush(nint session, nint channel, Span<byte> scratch)
    {
        while (waiting.Count > 0 && (LibSsh.ssh_get_status(session) & LibSsh.StatusWritePending) == 0)
        {
            var window = LibSsh.ssh_channel_window_size(channel);
            if (window == 0)
                return true;

            var next = Next(scratch);
            var length = (uint)Math.Min(next.Length, window);
            int written;
            fixed (byte* pointer = next)
                written = LibSsh.ssh_channel_write(channel, pointer, length);

            if (written < 0)
                return false;

            if (written == 0)
                return true;

            Forget(written);
        }

        return true;
    }

    /// <summary>The first write as it is; or with those behind it, as many as fit.</summary>
    private ReadOnlySpan<byte> Next(Span<byte> scratch)
    {
        var first = waiting.Peek().Span[sent..];
        if (waiting.Count == 1 || first.Length >= scratch.Length)
            return first;

        var (length, skip) = (0, sent);
        foreach (var bytes in waiting)
        {
            var part = bytes.Span[skip..];
            if (part.Length > scratch.Length - length)
                part = part[..(scratch.Length - length)];

            part.CopyTo(scratch[length..]);
            (length, skip) = (length + part.Length, 0);
            if (length == scratch.Length)
                break;
        }

        return scratch[..length];
    }

    private void Forget(int written)
    {
        sent += written;
        while (waiting.TryPeek(out var first) && sent >= first.Length)
        {
            sent -= first.Length;
            waiting.Dequeue();
        }
    }
}
