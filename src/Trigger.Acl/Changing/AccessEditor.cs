using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;

namespace Trigger.Acl.Changing;

/// <summary>
/// Applies what check_access suggests (insert_term_into_acl): the term that permits a flow, in its place in the text. What comes out is read again, and shown to permit the flow and to
/// decide everything else as before.
/// </summary>
public static class AccessEditor
{
    /// <param name="text">The text the filter was read from.</param>
    /// <param name="name">The new term's name, where terms have names.</param>
    /// <param name="comments">What stands before it.</param>
    public static FilterEdit Permit(string text, Filter filter, Match flow, string? name = null, IReadOnlyList<Comment>? comments = null)
    {
        var answer = FlowQuestion.Ask(filter, flow);
        if (answer.Verdict == Verdict.Permit)
            return FilterEdit.Of(text);
        if (answer.Verdict == Verdict.NotApplicable)
            return FilterEdit.Cannot("the filter is for the other family");
        var suggestion = AccessSuggestion.For(filter, flow, answer);
        var term = suggestion.Term with { Name = filter.Dialect == Dialect.Junos ? Free(filter, name ?? "generated_term") : null, Comments = comments ?? [] };
        var before = suggestion.Before is { Implicit: false } one ? one : null;
        var edit = FilterText.Insert(text, filter, [term], before);
        if (edit.Text is null)
            return edit;
        return Doubt(edit.Text, filter, flow) is { } doubt ? FilterEdit.Cannot(doubt) : edit;
    }

    /// <summary>Why a changed text is not the filter with just this flow permitted; null when it is shown to be.</summary>
    private static string? Doubt(string text, Filter before, Match flow)
    {
        var read = FilterReader.Read(text, before.Dialect);
        if (read.Filters.FirstOrDefault(one => one.Name == before.Name && one.Family == before.Family) is not { } after)
            return "the changed text cannot be read again";
        if (FlowQuestion.Ask(after, flow).Verdict != Verdict.Permit)
            return "a term that permits the flow would not make it permitted: it depends on conditions that are not understood";
        var first = new Term { Name = "flow", Action = TermAction.Permit, Match = flow };
        var rest = FilterComparer.Compare(before with { Terms = [first, .. before.Terms] }, after with { Terms = [first, .. after.Terms] }, firstOnly: true);
        return rest.Verdict == ComparisonVerdict.Equivalent ? null : $"the term would change more than the flow: {rest.Differences.Select(one => one.Witness.ToString()).FirstOrDefault() ?? rest.Remaining}";
    }

    private static string Free(Filter filter, string name)
    {
        var taken = filter.Terms.Select(term => term.Name).ToHashSet();
        var free = name;
        for (var i = 2; !taken.Add(free); i++)
            free = $"{name}-{i}";
        return free;
    }
}
