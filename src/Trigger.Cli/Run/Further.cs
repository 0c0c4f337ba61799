using Trigger.Cli.Input;
using Trigger.Node;

namespace Trigger.Cli.Run;

/// <summary>The commands that look further into a run.</summary>
internal static class Further
{
    /// <param name="state">Where the journal is; named when it is not where one would look.</param>
    public static IEnumerable<string> Lines(RunTally tally, string state)
    {
        // A cluster's answers are read through one of its nodes.
        if (Uri.TryCreate(state, UriKind.Absolute, out var node) && node.Scheme is "http" or "https")
        {
            yield return $"every answer:     pbm {state.TrimEnd('/')} job results {tally.Run}";
            if (tally.DevicesFailed > 0)
                yield return $"what went wrong:  pbm {state.TrimEnd('/')} job results {tally.Run} --failed";
            yield break;
        }

        var where = state == Places.State() ? "" : $" --state {RunRecords.Shown(state)}";
        yield return "every answer:     trigger job results " + tally.Run + where;
        if (tally.DevicesFailed > 0)
            yield return "what went wrong:  trigger job results " + tally.Run + " --failed" + where;
    }
}
