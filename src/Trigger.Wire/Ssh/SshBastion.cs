namespace Trigger.Wire.Ssh;

/// <summary>One login to a jump host, as its pool sees it. Hears of it as the observer of its line.</summary>
internal sealed class SshBastion(SshBastions pool, SshBastionKey key) : ILineObserver
{
    private volatile WireFault? fault;

    internal SshBastionKey Key => key;

    /// <summary>The conversation that carries the tunnels.</summary>
    internal SshConversation? Conversation { get; set; }

    /// <summary>How many tunnels it has, or is to have. Guarded by the pool's lock.</summary>
    internal int Count { get; set; }

    /// <summary>Why it is over; null while it is not.</summary>
    internal WireFault? Fault
    {
        get => fault;
        set => fault = value;
    }

    internal bool IsIdle => pool.IsIdle(this);

    internal void GiveBack() => pool.GiveBack(this);

    /// <summary>True when it has no tunnel; from then on it gets none.</summary>
    internal bool Retire() => pool.Retire(this);

    public void Authenticating(LineGreeting greeting)
    {
    }

    public void Opened(LineGreeting greeting)
    {
    }

    public void Received(ReadOnlyMemory<byte> bytes)
    {
    }

    public void Closed(WireFault? cause) => pool.Ended(this, cause);
}
