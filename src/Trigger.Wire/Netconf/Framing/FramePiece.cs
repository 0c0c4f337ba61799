namespace Trigger.Wire.Netconf.Framing;

/// <summary>A part of a message with the framing removed.</summary>
/// <param name="Payload">A slice of what was read, not a copy; empty where only the end of the message was still to come.</param>
/// <param name="EndsMessage">Whether the message is whole with this.</param>
internal readonly record struct FramePiece(ReadOnlyMemory<byte> Payload, bool EndsMessage);
