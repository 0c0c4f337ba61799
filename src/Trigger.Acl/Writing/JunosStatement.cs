namespace Trigger.Acl.Writing;

/// <summary>One statement of a <c>from</c>.</summary>
/// <param name="Braces">Whether the values stand in braces, one a line, as addresses do.</param>
internal sealed record JunosStatement(string Key, IReadOnlyList<string> Values, bool Braces = false);
