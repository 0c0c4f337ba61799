namespace Trigger.Node.Security;

/// <summary>Who asks, and from where.</summary>
/// <param name="Origin">An address.</param>
public sealed record Caller(string Name, Role Role, string Origin);
