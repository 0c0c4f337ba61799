namespace Trigger.Devices.Platforms;

/// <summary>How a device tells of its interfaces, with their addresses and the ACLs on them.</summary>
/// <param name="Commands">They only read. Their answers are read as one text.</param>
/// <param name="Form">What the answers are written in.</param>
public sealed record InterfaceSource(IReadOnlyList<string> Commands, InterfaceForm Form);
