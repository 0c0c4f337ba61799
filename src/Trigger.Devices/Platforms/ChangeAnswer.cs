namespace Trigger.Devices.Platforms;

/// <summary>A question that a command of a change makes the device ask, as a pattern for the end of the line, and what to type.</summary>
public sealed record ChangeAnswer(string Asked, string Answer);
