namespace Trigger.Cli.Broadcasting;

/// <summary>Many devices that hear one line after the other: this machine's, or a cluster's.</summary>
internal interface IBroadcastCall : IAsyncDisposable
{
    /// <summary>How many.</summary>
    int Devices { get; }

    /// <summary>Sends a line, and waits for all answers.</summary>
    /// <param name="changes">Whether it may be sent though it may change something.</param>
    /// <param name="cancel">Nothing more is sent; what was sent is waited for.</param>
    Task<BroadcastReply> Say(string line, bool changes, CancellationToken cancel);
}
