using Trigger.Wire;

namespace Trigger.Sessions;

/// <summary>What the wire tells a session, as messages. <paramref name="Call"/> numbers the dial, so that a line given up long ago cannot speak for a new one.</summary>
internal abstract record LineNews(int Call)
{
    public sealed record Authenticating(int Call, LineGreeting Greeting) : LineNews(Call);

    public sealed record Opened(int Call, LineGreeting Greeting) : LineNews(Call);

    public sealed record Received(int Call, ReadOnlyMemory<byte> Bytes) : LineNews(Call);

    public sealed record Closed(int Call, WireFault? Fault) : LineNews(Call);
}
