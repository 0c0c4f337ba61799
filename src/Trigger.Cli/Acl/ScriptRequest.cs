using Trigger.Acl.Model;

namespace Trigger.Cli.Acl;

/// <summary>What acl_script is asked to do.</summary>
/// <param name="Values">The access that was named; what was not named asks nothing.</param>
/// <param name="Replace">Whether what is named takes the place of what is there.</param>
/// <param name="DryRun">Show only.</param>
/// <param name="Asks">Whether somebody is there to be asked.</param>
internal sealed record ScriptRequest(
    IReadOnlyList<string> Files, Match Values, IReadOnlyList<string> Terms, IReadOnlyList<(string Begin, string End)> Between, string? Comment, bool Replace, bool DryRun, bool ShowMods, bool Worklog, bool Asks);
