using Trigger.Wire.Recording;

namespace Trigger.Sessions.Recording;

/// <summary>What is on its way to a file.</summary>
/// <param name="IsSecret">Of what was typed: it was nothing but a secret.</param>
internal readonly record struct RecordedEntry(RecordedSession Session, RecordedMove Move, bool IsSecret, int Size);
