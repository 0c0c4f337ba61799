using Trigger.Devices;

namespace Trigger.Sessions.Rehearsals;

/// <summary>What a device said and what was typed at it, written down. <see cref="DialogueText"/> has the form of the file.</summary>
/// <param name="Name">The file's name, for messages.</param>
/// <param name="Source">Where it comes from: recorded on a device, documented, or composed from documentation.</param>
/// <param name="Way">Telnet when the login is part of the text.</param>
/// <param name="Moves">In their order.</param>
public sealed record Dialogue(string Name, string Source, Protocol Way, IReadOnlyList<DialogueMove> Moves);
