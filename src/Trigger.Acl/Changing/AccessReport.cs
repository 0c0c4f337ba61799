using System.Text;
using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Changing;

/// <summary>What check_access prints: the terms that meet the flow, with the one that permits it, or the term to add in its place.</summary>
public static class AccessReport
{
    private const string Discard = "trigger: make discard";

    public static (bool Permitted, string Text) Of(Filter filter, Match flow)
    {
        // A comment may say that a term stands for its opposite while somebody looks for trouble.
        var asked = filter with { Terms = [.. filter.Terms.Select(term => IsMadeDiscard(term) ? term with { Action = TermAction.Deny, Spelling = default } : term)] };
        var answer = FlowQuestion.Ask(asked, flow);
        var permitted = answer.Verdict == Verdict.Permit;
        var suggestion = AccessSuggestion.For(asked, flow, answer);
        var text = new StringBuilder();
        var added = permitted;
        foreach (var (term, part) in AccessSuggestion.Meeting(asked, flow, answer))
        {
            if (!added && (ReferenceEquals(term, suggestion.Before) || term.Implicit))
            {
                Add(text, asked, suggestion);
                added = true;
            }

            if (!term.Implicit)
                Show(text, asked, term, here: permitted && part is not null);
        }

        if (!added)
            Add(text, asked, suggestion);
        if (permitted)
            text.Append("No edits needed.\n");
        return (permitted, text.ToString());
    }

    private static bool IsMadeDiscard(Term term) => term.Action.Permits && term.Comments.Any(comment => comment.Text.Contains(Discard, StringComparison.Ordinal));

    private static void Add(StringBuilder text, Filter filter, AccessSuggestion suggestion)
    {
        if (filter.Dialect == Dialect.Junos)
            text.Append(suggestion.Text.AsSpan(0, suggestion.Text.IndexOf('\n') + 1)).Append("    /* check_access: ADD THIS TERM */\n").Append(suggestion.Text.AsSpan(suggestion.Text.IndexOf('\n') + 1));
        else
            text.Append("! check_access: ADD THIS TERM\n").Append(suggestion.Text);
    }

    private static void Show(StringBuilder text, Filter filter, Term term, bool here)
    {
        var family = filter.Family == Family.Any ? Family.Inet : filter.Family;
        if (filter.Dialect == Dialect.Junos)
        {
            var shown = here ? term with { Comments = [.. term.Comments, new Comment("check_access: PERMITTED HERE", false, default)] } : term;
            var spelled = AccessSuggestion.Spell(filter, shown, family);
            text.Append(term.Comments.Any(comment => comment.Text.Contains(Discard, StringComparison.Ordinal)) ? spelled.Replace("discard;", "discard; /* REALLY AN ACCEPT, MODIFIED BY 'make discard' ABOVE */", StringComparison.Ordinal) : spelled);
            return;
        }

        foreach (var comment in term.Comments)
            text.Append(comment.IsRemark ? "remark " : comment.Text.StartsWith('!') ? "!" : comment.Text.Length == 0 ? "!" : "! ").Append(comment.Text).Append('\n');
        if (here)
            text.Append("!  check_access: PERMITTED HERE\n");
        text.Append(AccessSuggestion.Spell(filter, term, family));
    }
}
