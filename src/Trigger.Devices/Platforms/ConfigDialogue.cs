namespace Trigger.Devices.Platforms;

/// <summary>How configuration is changed and kept.</summary>
/// <param name="Enter">From the work mode into the configuration mode; empty when commands that configure are typed in the work mode.</param>
/// <param name="Leave">Back to the work mode.</param>
/// <param name="Commit">Typed in the configuration mode to make changes count. Empty when they count at once.</param>
/// <param name="Save">Typed in the work mode to keep changes over a restart. Empty when the commit does that.</param>
/// <param name="Rollback">Typed in the configuration mode to forget what was not committed. Empty where nothing waits for a commit, or nobody wrote it down.</param>
/// <param name="Compare">Shows what waits for the commit; empty when unknown.</param>
public sealed record ConfigDialogue(
    string Enter, string Leave, IReadOnlyList<string> Commit, IReadOnlyList<string> Save, IReadOnlyList<string> Rollback, string Compare)
{
    /// <summary>Whether it takes a whole configuration over NETCONF by Junos's <c>load-configuration</c>: as text, as <c>set</c> commands, or as XML.</summary>
    public bool LoadsText { get; init; }

    /// <summary>Typed in place of the commit for devices of which somebody says that all of the configuration must be committed anew; the usual commit where nobody wrote it down.</summary>
    public IReadOnlyList<string> FullCommit { get; init; } = [];

    /// <param name="full">Whether the device is one of those.</param>
    public IReadOnlyList<string> CommitFor(bool full) => full && FullCommit.Count > 0 ? FullCommit : Commit;
}
