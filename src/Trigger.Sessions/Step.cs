namespace Trigger.Sessions;

/// <summary>One line to type.</summary>
/// <param name="Number">From 0, in the order of sending.</param>
/// <param name="Line">Without a line end.</param>
/// <param name="Timeout">How long the device may take, or null for the platform's own limit.</param>
public sealed record Step(int Number, string Line, TimeSpan? Timeout = null);
