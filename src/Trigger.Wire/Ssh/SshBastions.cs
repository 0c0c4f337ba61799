namespace Trigger.Wire.Ssh;

/// <summary>
/// The logins to jump hosts. Lines through the same hop share one, up to a hundred each: libssh finds a packet's channel by walking a list, and one connection is one queue, so a login for ten
/// thousand would be slower than a hundred logins. A refusal is remembered for a minute: with ten thousand devices behind a hop, one wrong password must not be ten thousand failed logins.
/// </summary>
/// <param name="start">Begins the conversation of a login.</param>
internal sealed class SshBastions(TimeProvider time, Func<SshDial, ILineObserver, SshTunnels, SshConversation> start)
{
    internal const int MostTunnels = 100;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<SshBastionKey, List<SshBastion>> logins = [];
    private readonly Dictionary<SshBastionKey, (WireFault Fault, long Since)> refusals = [];

    /// <summary>Gives the tunnel to a login, which is begun when there is none with room.</summary>
    internal void Carry(SshJump jump, SshTunnel tunnel)
    {
        var key = SshBastionKey.Of(jump);
        WireFault? refusal;
        SshConversation? conversation = null;
        lock (gate)
        {
            refusal = Remembered(key);
            if (refusal is null)
            {
                var login = WithRoom(key) ?? Begin(key, jump);
                login.Count++;
                tunnel.Bastion = login;
                conversation = login.Conversation;
            }
        }

        if (refusal is not null)
            tunnel.End(refusal);
        else
            conversation!.Reactor.Post(new SshCommand(conversation, SshCommandKind.Carry, tunnel));
    }

    internal bool IsIdle(SshBastion login)
    {
        lock (gate)
            return login.Count == 0;
    }

    internal void GiveBack(SshBastion login)
    {
        lock (gate)
            login.Count--;
    }

    internal bool Retire(SshBastion login)
    {
        lock (gate)
        {
            if (login.Count > 0)
                return false;

            Remove(login);
            return true;
        }
    }

    internal void Ended(SshBastion login, WireFault? fault)
    {
        lock (gate)
        {
            Remove(login);
            var decisive = fault is WireFault.AtHop hop ? hop.Cause : fault;
            if (decisive is WireFault.AuthenticationRefused or WireFault.HostKeyUnknown or WireFault.HostKeyChanged or WireFault.HostKeyRevoked)
                refusals[login.Key] = (fault!, time.GetTimestamp());
        }
    }

    private SshBastion? WithRoom(SshBastionKey key) =>
        logins.GetValueOrDefault(key)?.Find(login => login.Count < MostTunnels && login.Fault is null);

    private SshBastion Begin(SshBastionKey key, SshJump jump)
    {
        var login = new SshBastion(this, key);
        if (!logins.TryGetValue(key, out var siblings))
            logins[key] = siblings = [];

        siblings.Add(login);

        // The user is named at once, so that credentials are never waited for.
        login.Conversation = start(jump.Dial with { UserName = key.UserName }, login, new SshTunnels(login));
        new SshLine(login.Conversation.Reactor, login.Conversation).Authenticate(jump.Credentials);
        return login;
    }

    private void Remove(SshBastion login)
    {
        if (logins.TryGetValue(login.Key, out var siblings) && siblings.Remove(login) && siblings.Count == 0)
            logins.Remove(login.Key);
    }

    private WireFault? Remembered(SshBastionKey key)
    {
        if (!refusals.TryGetValue(key, out var refusal))
            return null;

        if (time.GetElapsedTime(refusal.Since) < Memory)
            return refusal.Fault;

        refusals.Remove(key);
        return null;
    }
}
