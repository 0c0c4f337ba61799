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
    /// <param name="deliverError">The same for the second stream.</param>
    internal static Outcome Take(SshLink link, byte[] buffer, Action<ReadOnlySpan<byte>>? deliver, Action<ReadOnlySpan<byte>>? deliverError)
    {
        var left = FairShare;
        // stderr second, and always: libssh does not report the end of the channel while bytes of stderr are unread.
        for (var stream = 0; stream <= 1; stream++)
        {
            while (true)
            {
                int count;
                fixed (byte* pointer = buffer)
                    count = LibSsh.ssh_channel_read_nonblocking(link.Channel, pointer, (uint)buffer.Length, stream);

                if (count is 0 or LibSsh.Again or LibSsh.EndOfFile)
                    break;

                if (count < 0)
                    return Outcome.Lost;

                (stream == 0 ? deliver : deliverError)?.Invoke(buffer.AsSpan(0, count));

                left -= count;
                if (left <= 0)
                    return Outcome.More;
            }
        }

        // Each read takes from the socket whatever there is, for both streams, so the last bytes of one may have come with the end of the other. An end of file counts them (ssh_channel_is_eof); the
        // other ends do not.
        if (LibSsh.ssh_channel_is_eof(link.Channel) != 0)
            return Outcome.Ended;

        var isClosed = LibSsh.ssh_channel_is_closed(link.Channel) != 0;
        if (!isClosed && !SshLink.IsClosed(link.Session))
            return Outcome.Drained;

        return HasUnread(link) ? Outcome.More : isClosed ? Outcome.Ended : Outcome.Lost;
    }

    private static bool HasUnread(SshLink link) => LibSsh.ssh_channel_poll(link.Channel, 0) > 0 || LibSsh.ssh_channel_poll(link.Channel, 1) > 0;
}
