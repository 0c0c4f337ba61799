using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>Takes from a channel what has arrived on both of its streams, up to a fair share.</summary>
internal static unsafe class SshInbox
{
    // One device that pours must not keep the reactor from the other thousands.
    private const int FairShare = 256 * 1024;

    internal enum Outcome
    {
        Drained,
        More,
        Ended,
        Lost,
    }

    /// <param name="buffer">Pinned, and shared by the sessions of a reactor.</param>
    /// <param name="deliver">Gets each piece while it lies in the buffer; null throws it away.</param>
    /// <param name="withStderr">Whether what comes on the second stream is delivered, too; a protocol of its own must not have it in its midst.</param>
    internal static Outcome Take(SshLink link, byte[] buffer, Action<ReadOnlySpan<byte>>? deliver, bool withStderr = true)
    {
        var left = FairShare;
        var ended = false;

        // stderr second, and always: libssh does not report the end of the channel while bytes of stderr are unread.
        for (var stream = 0; stream <= 1; stream++)
        {
            while (true)
            {
                int count;
                fixed (byte* pointer = buffer)
                    count = LibSsh.ssh_channel_read_nonblocking(link.Channel, pointer, (uint)buffer.Length, stream);

                if (count == LibSsh.EndOfFile)
                    ended = true;

                if (count is 0 or LibSsh.Again or LibSsh.EndOfFile)
                    break;

                if (count < 0)
                    return Outcome.Lost;

                if (stream == 0 || withStderr)
                    deliver?.Invoke(buffer.AsSpan(0, count));

                left -= count;
                if (left <= 0)
                    return Outcome.More;
            }
        }

        if (ended || LibSsh.ssh_channel_is_eof(link.Channel) != 0 || LibSsh.ssh_channel_is_closed(link.Channel) != 0)
            return Outcome.Ended;

        return SshLink.IsClosed(link.Session) ? Outcome.Lost : Outcome.Drained;
    }
}
