namespace Trigger.Wire.Ssh.Config;

/// <summary>Builds the way through jump hosts from what was written of them.</summary>
public static class SshWay
{
    // A hop may have hops of its own, and somebody will write two that need each other.
    private const int Deepest = 8;

    /// <summary>
    /// The jump that the last hop is, with those before it; null when there is no hop. Lines share logins only through the very same credentials, algorithms and stores, so a caller keeps what it gets
    /// and uses it for every line that goes this way.
    /// </summary>
    /// <param name="hops">The first one first.</param>
    /// <param name="config">What is said of the hops: addresses, ports, users, keys, and before the first hop its own jump hosts. Null if nothing is.</param>
    /// <param name="template">Limits, algorithms and keepalive for the calls to the hops.</param>
    /// <param name="who">Who to be at a hop. Owned by the caller, and needed as long as lines are dialled this way.</param>
    /// <param name="knownHosts">As in <see cref="SshHostConfig.Apply"/>.</param>
    /// <exception cref="ArgumentException">The hops need each other, or are more than eight deep.</exception>
    public static SshJump? Through(
        IReadOnlyList<SshHop> hops, SshConfig? config, SshDial template, Func<SshHop, SshHostConfig?, LineCredentials> who, Func<IReadOnlyList<string>, KnownHosts> knownHosts)
    {
        ArgumentNullException.ThrowIfNull(hops);
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(who);
        return Through(hops, config, template, who, knownHosts, 0);
    }

    private static SshJump? Through(
        IReadOnlyList<SshHop> hops, SshConfig? config, SshDial template, Func<SshHop, SshHostConfig?, LineCredentials> who, Func<IReadOnlyList<string>, KnownHosts> knownHosts, int depth)
    {
        if (depth > Deepest)
            throw new ArgumentException($"The way to {hops[^1]} has more than {Deepest} jump hosts in a row, or they need each other.", nameof(hops));

        SshJump? jump = null;
        foreach (var hop in hops)
        {
            var said = config?.For(hop.Host, hop.User, hop.Port);
            var dial = template with
            {
                Host = hop.Host, Port = hop.Port ?? 22, UserName = said?.User ?? hop.User, PinnedHostKey = null, HostKeyAlias = null, Recognize = null, ProxyCommand = null,
            };
            dial = said?.Apply(dial, knownHosts) ?? dial;

            // "Host *" with a jump host is about the jump host, too, and it is not to be reached through itself.
            var before = jump is null && said is not null ? said.Jumps.Where(other => other.Host != hop.Host).ToArray() : [];
            jump = new SshJump { Dial = dial with { Jump = jump ?? Through(before, config, template, who, knownHosts, depth + 1) }, Credentials = who(hop, said) };
        }

        return jump;
    }
}
