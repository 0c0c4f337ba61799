namespace Trigger.Wire.Ssh;

/// <summary>What two lines must have in common to share a login to a jump host: the same host by the same way, judged alike, with the very same credentials.</summary>
internal sealed record SshBastionKey(
    string Host,
    int Port,
    string UserName,
    LineCredentials Credentials,
    SshAlgorithms Algorithms,
    string? PinnedHostKey,
    string? HostKeyAlias,
    KnownHosts? KnownHosts,
    HostKeyPolicy? HostKeys,
    string? ProxyCommand,
    SshBastionKey? Before,
    object? Alone)
{
    internal static SshBastionKey Of(SshJump jump) => new(
        jump.Dial.Host.ToLowerInvariant(),
        jump.Dial.Port,
        jump.Dial.UserName ?? jump.Credentials.UserName,
        jump.Credentials,
        jump.Dial.Algorithms,
        jump.Dial.PinnedHostKey,
        jump.Dial.HostKeyAlias,
        jump.Dial.KnownHosts,
        jump.Dial.HostKeys,
        jump.Dial.ProxyCommand,
        jump.Dial.Jump is { } before ? Of(before) : null,
        jump.Share ? null : new object());
}
