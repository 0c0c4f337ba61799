using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>How the far end's command ended. OpenSSH tells it after the end of the output (session.c), so a line waits a moment for it.</summary>
internal sealed class SshExit
{
    /// <summary>How long a server may take from the end of its output to the end of the channel.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    internal LineExit? Told { get; set; }

    /// <summary>Whether nothing more can be learned. Takes what has arrived: once the output has ended, reading it does not do that any more.</summary>
    internal bool IsKnown(SshLink link)
    {
        var status = LibSsh.ssh_channel_get_exit_status(link.Channel);
        if (status >= 0)
            Told ??= new LineExit(status);

        return Told is not null || LibSsh.ssh_channel_is_closed(link.Channel) != 0 || SshLink.IsClosed(link.Session);
    }
}
