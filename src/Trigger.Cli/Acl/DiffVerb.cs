using System.CommandLine;
using Trigger.Acl.Deciding;
using Trigger.Acl.Telling;
using Trigger.Cli.Input;

namespace Trigger.Cli.Acl;

/// <summary><c>trigger acl diff</c> and <c>equal</c>: what two filters decide differently.</summary>
internal static class DiffVerb
{
    public static Command Diff(Dictionary<Command, string> examples)
    {
        var diff = Create("diff", "Shows which packets two filters, of any dialects, decide differently. Exit code 0 none, 1 some or not shown.", Text, firstOnly: false);
        examples.Add(diff, "trigger acl diff running.acl new.acl\ntrigger acl diff edge.acl edge.junos --json");
        return diff;
    }

    public static Command Equal(Dictionary<Command, string> examples)
    {
        var equal = Create("equal", "Do two filters, of any dialects, decide every packet the same? Exit code 0 yes, 1 no or not shown.", Line, firstOnly: true);
        examples.Add(equal, "trigger acl equal edge.acl edge.junos");
        return equal;
    }

    private static Command Create(string name, string description, Action<Comparison> say, bool firstOnly)
    {
        var input = new AclInput();
        var before = new Argument<string>("before") { Description = "A filter, or a configuration.", HelpName = "BEFORE" };
        var after = new Argument<string>("after") { Description = "Another.", HelpName = "AFTER" };
        var whole = new Option<bool>("--no-fragments") { Arity = ArgumentArity.Zero, Description = "Leave fragments without ports out of the question." };
        var verb = new Command(name, description) { before, after, whole };
        input.AddTo(verb);
        verb.SetAction(line =>
        {
            var mistakes = new Mistakes();
            var left = input.One(line, line.GetValue(before)!, mistakes);
            var right = input.One(line, line.GetValue(after)!, mistakes);
            if (left is null || right is null || mistakes.Any)
                return mistakes.Say(Console.Error);
            var comparison = FilterComparer.Compare(left, right, line.GetValue(whole), firstOnly);
            if (input.Json(line))
                AclText.Object(to => AclJson.Compared(to, comparison));
            else
                say(comparison);
            return comparison.Verdict == ComparisonVerdict.Equivalent ? ExitCode.AllWell : ExitCode.SomeFailed;
        });
        return verb;
    }

    private static void Line(Comparison comparison)
    {
        Console.WriteLine(Word(comparison));
        if (comparison.Differences.Count > 0)
            Say(comparison.Differences[0]);
        if (comparison.Remaining is { } remaining)
            Console.WriteLine($"  {(comparison.Verdict == ComparisonVerdict.Undecided ? "left: " : "")}{remaining}");
    }

    private static void Text(Comparison comparison)
    {
        Console.WriteLine(Word(comparison));
        foreach (var group in comparison.Differences.GroupBy(difference => difference.Widens).OrderByDescending(group => group.Key))
        {
            Console.WriteLine(group.Key ? "newly permitted, at least:" : "no longer permitted, at least:");
            foreach (var difference in group)
                Say(difference);
        }

        if (comparison.Remaining is { } remaining)
            Console.WriteLine($"  {(comparison.Verdict == ComparisonVerdict.Undecided ? "left: " : "")}{remaining}");
    }

    private static void Say(FilterDifference difference)
    {
        Console.WriteLine($"  {difference.Region}{(difference.Certain ? "" : " (perhaps: it depends on conditions that are not understood)")}");
        Console.WriteLine($"    such as {difference.Witness}");
        Console.WriteLine($"    before  {AclText.Line(difference.Before)}");
        Console.WriteLine($"    after   {AclText.Line(difference.After)}");
    }

    private static string Word(Comparison comparison) => comparison.Verdict switch
    {
        ComparisonVerdict.Equivalent => comparison.WholePackets ? "equivalent for whole packets (fragments without ports are not compared)" : "equivalent",
        ComparisonVerdict.Different => "different",
        ComparisonVerdict.Unknown => "unknown: it depends on conditions that are not understood",
        ComparisonVerdict.Undecided => "undecided: the question was too large for its budget",
        _ => "not comparable: one is for IPv4, the other for IPv6",
    };
}
