namespace Trigger.Wire.Ssh;

/// <summary>
/// What a conversation knows of the hop that carries it. The hop's reactor writes here before it closes the connection, so that the end of the connection, whenever that is
/// seen, has its reason.
/// </summary>
internal sealed class SshPath
{
    private volatile WireFault? broken;

    /// <summary>Why the hop carries no more; null while it does.</summary>
    internal WireFault? Broken
    {
        get => broken;
        set => broken = value;
    }
}
