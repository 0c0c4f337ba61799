namespace Trigger.Wire.Recording;

/// <summary>One thing that happened on a recorded line.</summary>
/// <param name="At">Since the line was open.</param>
/// <param name="Line">Where it stands in its file, from one; 0 when it is not from a file.</param>
public abstract record RecordedMove(TimeSpan At, int Line)
{
    /// <summary>Stands in <see cref="Sent"/> for a secret, in <see cref="Received"/> for its echo. No UTF-8 text holds this byte.</summary>
    public const byte Secret = 0xff;

    /// <summary>Stands in <see cref="Sent"/> for the user's name.</summary>
    public const byte UserName = 0xfe;

    /// <summary>A piece that the device sent, as it arrived.</summary>
    public sealed record Received(TimeSpan At, ReadOnlyMemory<byte> Bytes, int Line = 0) : RecordedMove(At, Line);

    /// <summary>What was typed at once; secrets and user names as their marks.</summary>
    public sealed record Sent(TimeSpan At, ReadOnlyMemory<byte> Bytes, int Line = 0) : RecordedMove(At, Line);

    /// <summary>The line is gone.</summary>
    /// <param name="ByDevice">Whether the far end ended it, or the network did; else we did.</param>
    public sealed record Closed(TimeSpan At, bool ByDevice, int Line = 0) : RecordedMove(At, Line);

    private RecordedMove() : this(default, 0) { }
}
