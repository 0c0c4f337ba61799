namespace Trigger.Node.Palettes;

/// <summary>A console command cannot be carried out; the message is for whoever typed it.</summary>
public sealed class CommandException(string message) : Exception(message);
