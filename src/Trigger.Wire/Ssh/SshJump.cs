namespace Trigger.Wire.Ssh;

/// <summary>
/// A host to go through: we log in to it with credentials of its own, and it connects on to the target (RFC 4254 §7.2, direct-tcpip). No process is forked; the target's own handshake, host key
/// check and login run inside, so the hop sees none of the target's secrets and the target none of the hop's.
/// </summary>
public sealed record SshJump
{
    /// <summary>How to call the hop. Its service, terminal and environment mean nothing. Its own <see cref="SshDial.Jump"/> is the hop before it.</summary>
    public required SshDial Dial { get; init; }

    /// <summary>
    /// Who to be there. Owned by the caller and needed whenever a login to the hop may begin: as long as lines are dialled through it. The same object means the same login.
    /// </summary>
    public required LineCredentials Credentials { get; init; }

    /// <summary>
    /// Whether lines through the same hop with the same credentials share a login, up to a hundred in each. Ten thousand devices behind one host then cost it a hundred logins; an idle login is
    /// given back after half a minute. False logs in for this line alone.
    /// </summary>
    public bool Share { get; init; } = true;

    /// <summary><c>jump host user@host:port</c>.</summary>
    internal string Name => $"jump host {Dial.UserName ?? Credentials.UserName}@{Dial.Host}:{Dial.Port}";
}
