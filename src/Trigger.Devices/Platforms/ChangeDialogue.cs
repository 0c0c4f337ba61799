using System.Text.RegularExpressions;

namespace Trigger.Devices.Platforms;

/// <summary>
/// How a change of the configuration is made so that it can be looked at, tried and taken back. Lines hold placeholders: <c>%n</c> a name made for the change, <c>%m</c> minutes,
/// <c>%s</c> seconds, <c>%t</c> the time as <c>hh:mm:ss</c>. An empty list means that the platform has no such thing, or that nobody wrote it down.
/// </summary>
public sealed record ChangeDialogue
{
    /// <summary>Whether nothing counts before <see cref="Commit"/>. Where there is no candidate, every line counts as it is typed, and <see cref="Commit"/> only leaves the mode.</summary>
    public bool Candidate { get; init; }

    /// <summary>From the work mode to where configuration lines are typed.</summary>
    public required IReadOnlyList<string> Enter { get; init; }

    /// <summary>Typed behind <see cref="Enter"/> so that what is loaded is all there will be.</summary>
    public IReadOnlyList<string> Replace { get; init; } = [];

    /// <summary>Instead of <see cref="Commit"/> when the whole configuration is replaced; empty when that is the same.</summary>
    public IReadOnlyList<string> ReplaceCommit { get; init; } = [];

    /// <summary>Shows what the candidate would change, or where there is none, what the change has changed; all of it reads.</summary>
    public IReadOnlyList<string> Compare { get; init; } = [];

    /// <summary>What <see cref="Compare"/> answers when there is no difference, besides nothing at all.</summary>
    public Regex? Nothing { get; init; }

    /// <summary>Makes the candidate count; without one, leaves the configuration mode.</summary>
    public required IReadOnlyList<string> Commit { get; init; }

    /// <summary>From where <see cref="Commit"/> has left us back to the work mode.</summary>
    public IReadOnlyList<string> Leave { get; init; } = [];

    /// <summary>Forgets the candidate and goes back to the work mode.</summary>
    public IReadOnlyList<string> Abort { get; init; } = [];

    /// <summary>Typed where <see cref="Commit"/> has left us: the configuration before the commit counts again.</summary>
    public IReadOnlyList<string> Undo { get; init; } = [];

    /// <summary>Whether the way back is to be worked out from the configuration before and after, and typed line by line.</summary>
    public bool UndoIsComputed { get; init; }

    /// <summary>For a computed way back: the beginning of lines of which there is one, so that typing the old one is enough. To remove a host's name first would leave a prompt of nobody.</summary>
    public Regex? Single { get; init; }

    /// <summary>Keeps the running configuration on the device under the change's name, for <see cref="Undo"/>.</summary>
    public IReadOnlyList<string> Mark { get; init; } = [];

    /// <summary>Removes what <see cref="Mark"/> kept.</summary>
    public IReadOnlyList<string> Tidy { get; init; } = [];

    /// <summary>Typed in the work mode to keep the change over a restart.</summary>
    public IReadOnlyList<string> Save { get; init; } = [];

    /// <summary>Goes before a reading command where <see cref="Commit"/> has left us, such as "run " or "do "; empty where none is needed.</summary>
    public string ReadInside { get; init; } = "";

    /// <summary>Questions of these commands, and what to answer.</summary>
    public IReadOnlyList<ChangeAnswer> Answers { get; init; } = [];

    /// <summary>A commit that the device takes back by itself unless it is confirmed; null where there is none.</summary>
    public TrialDialogue? Trial { get; init; }

    /// <summary>A restart that is planned before and called off behind the change; null where there is none.</summary>
    public ReloadDialogue? Reload { get; init; }

    /// <summary>Whether a change can be taken back after its session is gone: the way back names what to go back to, and so is not relative to whatever came after.</summary>
    public bool UndoesFromAnywhere => Undo.Any(line => line.Contains("%n", StringComparison.Ordinal));
}
