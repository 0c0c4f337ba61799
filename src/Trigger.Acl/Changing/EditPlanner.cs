using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Changing;

/// <summary>
/// Plans the edit of a list on a running device, line by line and by number. Denies come before the permits they guard and go after them, so that
/// at no moment anything passes that neither the old nor the new list lets through; the engine checks each state.
/// </summary>
public static class EditPlanner
{
    private const int MostSteps = 2000;

    /// <summary>Plans from what runs to what shall run. Both are of one dialect with numbered lines: IOS named lists, IOS-XR, NX-OS, EOS, Dell.</summary>
    public static EditPlan Plan(Filter running, Filter target, Budget? budget = null)
    {
        if (running.Dialect != target.Dialect || running.Dialect is Dialect.Junos or Dialect.Asa or Dialect.ScreenOs or Dialect.PanOs or Dialect.Brocade)
            return new EditPlan([], [], false, $"a plan by numbers needs two lists of ios, iosxr, nxos, eos or dell; a {Dialects.Word(running.Dialect)} filter is replaced in one commit, which has no states between");
        if (running.Family != target.Family || running.IsStandard != target.IsStandard)
            return new EditPlan([], [], false, "the two lists are of different kinds");
        var numbered = Numbered(running);
        var (keep, deletes, inserts) = Compare(numbered, target);
        if (deletes.Count + inserts.Count == 0)
            return Unchanged(running, target, budget);
        if (deletes.Count + inserts.Count > MostSteps)
            return new EditPlan([], [], false, $"{deletes.Count + inserts.Count} lines change; more than {MostSteps} are not planned line by line");
        if (Place(keep, inserts) is not { } placed)
            return new EditPlan([], [], false, "there is no room between the numbers; resequence the running list first");
        var plan = Order(running with { Terms = numbered }, target, deletes, placed, budget ?? Budget.Default);
        return Renumbering(running) is { } first ? plan with { Commands = [first, .. plan.Commands] } : plan;
    }

    // The same lines may name groups that are not the same.
    private static EditPlan Unchanged(Filter running, Filter target, Budget? budget)
    {
        var same = FilterComparer.Compare(running, target, firstOnly: true, budget: budget).Verdict == ComparisonVerdict.Equivalent;
        return new EditPlan([], [], same, same ? null : "no line differs, yet the lists decide differently: the groups that they name are not the same");
    }

    private static List<Term> Numbered(Filter filter)
    {
        var step = filter.Dialect == Dialect.Dell ? 5 : 10;
        var number = 0;
        return [.. filter.Terms.Select(term => term with { Sequence = number = term.Sequence ?? number + step })];
    }

    // What stays, what goes, and what comes: each new line with the kept line it must stand behind.
    private static (List<Term> Keep, List<Term> Deletes, List<(Term Term, int After)> Inserts) Compare(List<Term> running, Filter target)
    {
        var left = running.Select(Body).ToArray();
        var right = target.Terms.Select(Body).ToArray();
        var (gone, come) = Alignment.Changed(left.Length, right.Length, i => left[i].GetHashCode(StringComparison.Ordinal), i => right[i].GetHashCode(StringComparison.Ordinal), (i, j) => left[i] == right[j]);
        var goneSet = gone.ToHashSet();
        var comeSet = come.ToHashSet();
        var keep = running.Where((_, i) => !goneSet.Contains(i)).ToList();
        var inserts = new List<(Term, int)>();
        var kept = -1;
        for (var i = 0; i < target.Terms.Count; i++)
        {
            if (comeSet.Contains(i))
                inserts.Add((target.Terms[i], kept));
            else
                kept++;
        }

        return (keep, [.. gone.Select(i => running[i])], inserts);
    }

    private static string Body(Term term) => term.Spelling.Source is not null ? string.Join(' ', WithoutNumber(term.Spelling.FromAction).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : term.ToString();

    // New lines share the gap between the kept lines around them evenly.
    private static List<Term>? Place(List<Term> keep, List<(Term Term, int After)> inserts)
    {
        var placed = new List<Term>();
        foreach (var group in inserts.GroupBy(insert => insert.After))
        {
            var low = group.Key < 0 ? 0 : keep[group.Key].Sequence!.Value;
            var count = group.Count();
            var high = group.Key + 1 < keep.Count ? keep[group.Key + 1].Sequence!.Value : low + 10 * (count + 1);
            if (high - low <= count)
                return null;
            var i = 0;
            placed.AddRange(group.Select(insert => insert.Term with { Sequence = low + (int)((long)(high - low) * ++i / (count + 1)) }));
        }

        return placed;
    }

    private static EditPlan Order(Filter running, Filter target, List<Term> deletes, List<Term> inserts, Budget budget)
    {
        var open = Opening(running);
        // What stands before a number: Dell and the IPv6 lists of IOS say that it is one.
        var number = running.Dialect == Dialect.Dell ? "seq " : running.Dialect == Dialect.Ios && running.Family == Family.Inet6 ? "sequence " : "";
        // A number is only free again once its old line is gone.
        var taken = running.Terms.Select(term => term.Sequence!.Value).ToHashSet();
        if (inserts.Exists(term => taken.Contains(term.Sequence!.Value)))
            inserts = [.. inserts.Select(term => term with { Sequence = Free(term.Sequence!.Value, taken) })];
        var steps = new List<EditStep>();
        var state = running;
        var phases = inserts.Where(term => !term.Action.Permits).Select(term => (Insert: true, Term: term))
            .Concat(deletes.Where(term => term.Action.Permits).Select(term => (Insert: false, Term: term)))
            .Concat(inserts.Where(term => term.Action.Permits).OrderByDescending(term => term.Sequence).Select(term => (Insert: true, Term: term)))
            .Concat(deletes.Where(term => !term.Action.Permits).OrderByDescending(term => term.Sequence).Select(term => (Insert: false, Term: term)));
        foreach (var (insert, term) in phases)
        {
            var terms = insert
                ? state.Terms.Append(term).OrderBy(one => one.Sequence).ToList()
                : state.Terms.Where(one => one.Sequence != term.Sequence).ToList();
            state = state with { Terms = terms };
            steps.Add(new EditStep(insert ? $"{number}{term.Sequence} {Spell(running, term)}" : $"no {number}{term.Sequence}", state));
        }

        string[] commands = [open, .. steps.Select(step => " " + step.Command)];
        foreach (var step in steps.SkipLast(1))
        {
            if (Safety.Breach(running, target, step.State, budget) is { } breach)
                return new EditPlan(commands, steps, false, $"after '{step.Command}' {breach}");
        }

        var end = FilterComparer.Compare(target, state, firstOnly: true, budget: budget);
        return new EditPlan(commands, steps, end.Verdict == ComparisonVerdict.Equivalent, end.Verdict switch
        {
            ComparisonVerdict.Equivalent => null,
            ComparisonVerdict.Unknown => "the last state is not shown to be the target, because something in them is not understood, as are groups that one of the texts does not define",
            _ => "the last state is not shown to be the target",
        });
    }

    private static int Free(int number, HashSet<int> taken)
    {
        while (taken.Contains(number))
            number++;
        taken.Add(number);
        return number;
    }

    private static string Spell(Filter filter, Term term) => WithoutNumber(AccessSuggestion.Spell(filter, term, filter.Family).TrimEnd('\n'));

    // A number behind the line says where it stands, not what it is.
    private static string WithoutNumber(string text) => text.LastIndexOf(" sequence ", StringComparison.Ordinal) is >= 0 and var behind ? text[..behind] : text;

    // Saved configurations of IOS leave the numbers out, and a list that was edited has others than the plan counts with: "no 20" would take away another line.
    private static string? Renumbering(Filter running) =>
        running is { Dialect: Dialect.Ios, Family: Family.Inet } && running.Terms.Any(term => term.Sequence is null) ? $"ip access-list resequence {running.Name} 10 10" : null;

    private static string Opening(Filter filter) => filter switch
    {
        { Dialect: Dialect.IosXr } => $"{(filter.Family == Family.Inet6 ? "ipv6" : "ipv4")} access-list {filter.Name}",
        { Family: Family.Inet6 } => $"ipv6 access-list {filter.Name}",
        { Dialect: Dialect.NxOs } => $"ip access-list {filter.Name}",
        { Dialect: Dialect.Eos } => $"ip access-list {(filter.IsStandard ? "standard " : "")}{filter.Name}",
        _ => $"ip access-list {(filter.IsStandard ? "standard" : "extended")} {filter.Name}",
    };
}
