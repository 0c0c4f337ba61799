namespace Trigger.Devices.Platforms;

/// <summary>How patient to be with a platform, each phase by itself.</summary>
public sealed record PlatformLimits
{
    /// <summary>Name look-up and TCP connect.</summary>
    public required TimeSpan Dial { get; init; }

    /// <summary>SSH handshake.</summary>
    public required TimeSpan Handshake { get; init; }

    /// <summary>From the open line, or the handed-over credentials, to the first prompt.</summary>
    public required TimeSpan Login { get; init; }

    /// <summary>Raising the privilege.</summary>
    public required TimeSpan Enable { get; init; }

    /// <summary>One command, unless the caller brings its own limit.</summary>
    public required TimeSpan Command { get; init; }

    /// <summary>Silence after which a prompt that could be part of the output is believed.</summary>
    public required TimeSpan Settle { get; init; }

    /// <summary>The most that one command may answer, in bytes.</summary>
    public required int Output { get; init; }
}
