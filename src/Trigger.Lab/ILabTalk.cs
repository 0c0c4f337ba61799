namespace Trigger.Lab;

/// <summary>What a pretend device does on one connection, whatever carries it.</summary>
internal interface ILabTalk : IDisposable
{
    /// <summary>The connection stands: the device speaks first.</summary>
    void Begin();

    /// <summary>Bytes from the client, Telnet's own removed.</summary>
    void Receive(ReadOnlySpan<byte> bytes);
}
