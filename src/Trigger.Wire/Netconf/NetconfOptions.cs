namespace Trigger.Wire.Netconf;

/// <summary>How a session behaves. The defaults suit most servers.</summary>
public sealed record NetconfOptions
{
    internal const long LargestHello = 16 * 1024 * 1024;

    /// <summary>From the open line to the server's hello.</summary>
    public TimeSpan HelloTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a request may wait for its answer. <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> waits for ever.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the goodbye (<c>close-session</c>) may take when a session is disposed of.</summary>
    public TimeSpan FarewellTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public RaiseMode Raise { get; init; }

    /// <summary>The largest message that is taken whole, in bytes; a reply beyond it is a fault of its request, unless it is streamed.</summary>
    public long LargestMessage { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// How many requests may be without their answers at a time; the next one waits. Some servers stop for ever when more is sent to them than their sockets hold (yuma123 at a few hundred
    /// kilobytes), because they write answers and read requests in one loop; beyond a hundred there is no speed to be had either.
    /// </summary>
    public int MostInFlight { get; init; } = 128;

    /// <summary>How many notifications are kept for who reads them late. Beyond it the newest are lost, which the listeners are told.</summary>
    public int MostNotifications { get; init; } = 10_000;

    /// <summary>What is peculiar to a kind of device.</summary>
    public NetconfProfile Profile { get; init; } = NetconfProfile.Standard;

    /// <summary>Whether to allow <c>:base:1.1</c> with its chunks. Only for servers that offer it and then get it wrong.</summary>
    public bool AllowChunks { get; init; } = true;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal IReadOnlyList<string> ClientCapabilities =>
    [
        "urn:ietf:params:netconf:base:1.0",
        .. AllowChunks ? new[] { "urn:ietf:params:netconf:base:1.1" } : [],
        .. Profile.ClientCapabilities,
    ];
}
