namespace Trigger.Node.Palettes;

/// <summary>One line of a command's answer.</summary>
/// <param name="Text">For people.</param>
/// <param name="Data">For programs, told as one JSON object; null when the line is only for people.</param>
public sealed record CommandLine(string Text, object? Data = null);
