namespace Trigger.Devices.Platforms;

/// <summary>
/// What a device of a platform prints. <c>%h</c> stands for the host's name, <c>%u</c> for the user, <c>%c</c> for the command.
/// </summary>
public sealed record PlatformSamples
{
    /// <summary>Printed before the first question of a login by text.</summary>
    public required string Banner { get; init; }

    /// <summary>Asks for the user name; empty when the device asks for a password only.</summary>
    public required string UserName { get; init; }

    public required string Password { get; init; }

    public required string LoginRefused { get; init; }

    public required string EnablePassword { get; init; }

    public required string EnableRefused { get; init; }

    /// <summary>The pager's question, or empty when the platform does not page.</summary>
    public required string Pager { get; init; }

    /// <summary>The command that stops paging, or empty when there is none.</summary>
    public required string PagingOff { get; init; }

    /// <summary>The answer to a command that does not exist.</summary>
    public required string Error { get; init; }

    /// <summary>A line that ends every good answer, or empty.</summary>
    public required string AnswerEnd { get; init; }

    /// <summary>The prompt once a shell was told to show its exit status (<c>%s</c>), or empty.</summary>
    public required string StatusPrompt { get; init; }

    /// <summary>Commands that end the conversation in the work mode.</summary>
    public required IReadOnlyList<string> Exit { get; init; }

    /// <summary>Commands that only read.</summary>
    public required IReadOnlyList<string> Reads { get; init; }

    /// <summary>Commands that look harmless to some pattern and are not.</summary>
    public required IReadOnlyList<string> Writes { get; init; }

    /// <summary>Prompts as manuals show them, with the mode that each belongs to.</summary>
    public required IReadOnlyList<(string Mode, string Prompt)> Prompts { get; init; }

    public required string ShowVersion { get; init; }

    public required string ShowClock { get; init; }

    public required string ShowConfig { get; init; }

    public required string ShowInventory { get; init; }
}
