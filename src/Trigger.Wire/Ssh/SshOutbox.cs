using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>What is still to be written, in order, as far as the far end's window lets it.</summary>
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
    internal bool Flush(nint session, nint channel)
    {
        while (waiting.TryPeek(out var bytes) && (LibSsh.ssh_get_status(session) & LibSsh.StatusWritePending) == 0)
        {
            var window = LibSsh.ssh_channel_window_size(channel);
            if (window == 0)
                return true;

            var length = (uint)Math.Min(bytes.Length - sent, window);
            int written;
            fixed (byte* pointer = bytes.Span)
                written = LibSsh.ssh_channel_write(channel, pointer + sent, length);

            if (written < 0)
                return false;

            sent += written;
            if (sent == bytes.Length)
            {
                waiting.Dequeue();
                sent = 0;
            }
            else if (written == 0)
            {
                return true;
            }
        }

        return true;
    }
}
