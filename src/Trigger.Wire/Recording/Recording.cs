namespace Trigger.Wire.Recording;

/// <summary>What was received and sent in one session, with its timing and in its pieces.</summary>
/// <param name="Name">The file's name, for messages.</param>
/// <param name="Protocol"><c>ssh</c>, or <c>telnet</c> where the login is part of what was received and sent.</param>
/// <param name="Moves">In their order, the first never before zero and none before its predecessor.</param>
public sealed record Recording(string Name, string Device, string Platform, string Protocol, DateTimeOffset Date, IReadOnlyList<RecordedMove> Moves);
