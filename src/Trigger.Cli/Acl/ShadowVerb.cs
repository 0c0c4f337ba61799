using System.CommandLine;
using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Telling;
using Trigger.Acl.Writing;
using Trigger.Cli.Input;

namespace Trigger.Cli.Acl;

/// <summary><c>trigger acl shadow</c>: lines that might as well not be there.</summary>
internal static class ShadowVerb
{
    public static Command Create(Dictionary<Command, string> examples)
    {
        var input = new AclInput();
        var files = new Argument<string[]>("file") { Description = "Filters or whole configurations; - is standard input.", HelpName = "FILE", Arity = ArgumentArity.OneOrMore };
        var matching = new Option<bool>("--unreachable") { Arity = ArgumentArity.Zero, Description = "Only lines that can never match; not those behind which others decide the same." };
        var shadow = new Command("shadow", "Finds lines that can never match, alone or because of several together, and lines that change nothing. Exit code 1 when there are any.") { files, matching };
        input.AddTo(shadow);
        shadow.SetAction(line =>
        {
            var mistakes = new Mistakes();
            var found = 0;
            foreach (var path in line.GetValue(files)!)
            {
                var filters = input.All(line, path, mistakes);
                if (filters.Count == 0 && !mistakes.Any)
                    mistakes.Add($"no filter is found in {path}.");
                foreach (var filter in filters)
                {
                    var findings = ShadowReport.Of(filter, unneeded: !line.GetValue(matching));
                    found += findings.Count;
                    if (input.Json(line))
                        findings.ToList().ForEach(finding => AclText.Object(to => AclJson.Shadow(to, path, filter, finding)));
                    else
                        Text(path, filter, findings);
                }
            }

            return mistakes.Any ? mistakes.Say(Console.Error) : found > 0 ? ExitCode.SomeFailed : ExitCode.AllWell;
        });
        examples.Add(shadow, "trigger acl shadow edge.acl\nssh core1 'show running-config' | trigger acl shadow - --json");
        return shadow;
    }

    private static void Text(string path, Filter filter, IReadOnlyList<ShadowFinding> findings)
    {
        Console.WriteLine($"{path}: filter {filter.Name ?? "(unnamed)"}, {AclText.Count(filter.Terms.Count(term => !term.Implicit), "line")}: {Summary(findings)}");
        foreach (var finding in findings)
        {
            Console.WriteLine($"\n  {AclText.Line(finding.Term)}");
            Console.WriteLine($"    {Says(finding)}");
            foreach (var by in finding.Because.Take(12))
                Console.WriteLine($"      {AclText.Line(by)}");
            if (finding.Because.Count > 12)
                Console.WriteLine($"      and {finding.Because.Count - 12} more");
            if (finding.Witness is { } witness && finding.DecidedBy is { } decided)
                Console.WriteLine($"    for example {witness} is {(decided.Action.Permits ? "permitted" : "denied")} by {AclText.Line(decided)}");
        }

        var idle = findings.Count(finding => finding.Kind != ShadowKind.Undecided);
        if (idle > 0)
            Console.WriteLine($"\n  {Ending(filter, idle)}.\n");
    }

    // Without its last line a list is no list to some devices, and lets everything through.
    private static string Ending(Filter filter, int idle) =>
        idle == filter.Terms.Count && (filter with { Terms = [] }).Tail[0].Action.Permits ? "These are all its lines, and an empty list permits everything: put a deny in their place"
            : $"{(idle == 1 ? "This line can go" : "All of these lines can go at once")} and every packet is still decided the same{(Styles.Of(filter) is null ? "" : "; 'trigger acl optimize' writes the list without " + (idle == 1 ? "it" : "them"))}";

    private static string Summary(IReadOnlyList<ShadowFinding> findings)
    {
        if (findings.Count == 0)
            return "every line decides something that no other line would";
        return string.Join(", ", findings.GroupBy(finding => finding.Kind).OrderBy(group => group.Key).Select(group => $"{group.Count()} {AclJson.Word(group.Key)}"));
    }

    private static string Says(ShadowFinding finding) => (finding.Kind, finding.Because.Count) switch
    {
        (ShadowKind.Unmatchable, _) => "unmatchable: no packet satisfies it",
        (ShadowKind.Shadowed, 1) => "shadowed: it never matches, and the packets it means are decided the other way by",
        (ShadowKind.Shadowed, _) => "shadowed: it never matches, and some of the packets it means are decided the other way; together these take them all:",
        (ShadowKind.Redundant, 1) => "redundant: it never matches; its packets are decided the same by",
        (ShadowKind.Redundant, _) => "redundant: it never matches; its packets are decided the same, by these together:",
        (ShadowKind.Unneeded, 0) => "unneeded: without it the lines behind decide the same",
        (ShadowKind.Unneeded, 1) => "unneeded: without it its packets are decided the same by",
        (ShadowKind.Unneeded, _) => "unneeded: without it its packets are decided the same by lines behind it, these among them:",
        _ => $"undecided within the budget; left: {finding.Remaining}",
    };
}
