using System.Text.RegularExpressions;

namespace Trigger.Devices.Platforms;

/// <summary>How a login goes when it is text on the line: Telnet always, SSH on some platforms. Patterns match the end of what arrived.</summary>
public sealed record LoginDialogue
{
    /// <summary>The device asks for a name.</summary>
    public required Regex UserName { get; init; }

    /// <summary>The device asks for the password.</summary>
    public required Regex Password { get; init; }

    /// <summary>A line that says no.</summary>
    public required Regex Refused { get; init; }

    /// <summary>Other questions on the way in: "Press RETURN to get started", a policy to accept.</summary>
    public IReadOnlyList<Question> Questions { get; init; } = [];
}
