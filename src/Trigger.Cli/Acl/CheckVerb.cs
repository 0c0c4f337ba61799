using System.CommandLine;
using Trigger.Acl.Changing;
using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Telling;
using Trigger.Cli.Input;

namespace Trigger.Cli.Acl;

/// <summary><c>trigger acl check</c> and <c>explain</c>: is this flow permitted, and by which lines.</summary>
internal static class CheckVerb
{
    public static Command Check(Dictionary<Command, string> examples)
    {
        var check = Create("check", "Is a flow permitted? Exit code 0 permitted, 1 not (or only in part), 2 bad input.", Answer);
        examples.Add(check, "trigger acl check edge.acl 10.17.18.19 10.20.30.40 tcp 80\ntrigger acl check edge.acl any 2001:db8::1 443 --json");
        return check;
    }

    public static Command Explain(Dictionary<Command, string> examples)
    {
        var explain = Create("explain", "Tells of every line that meets a flow what it does with it. Exit codes as check's.", Explanation);
        examples.Add(explain, "trigger acl explain edge.acl 10.17.0.0/16 any tcp 22");
        return explain;
    }

    private static Command Create(string name, string description, Action<Filter, Match, FlowAnswer> say)
    {
        var input = new AclInput();
        var flow = new FlowArguments();
        var file = new Argument<string>("file") { Description = "A filter, or a configuration; - is standard input.", HelpName = "FILE" };
        var quiet = new Option<bool>("--quiet", "-q") { Arity = ArgumentArity.Zero, Description = "Only the exit code." };
        var fragments = new Option<bool>("--fragments") { Arity = ArgumentArity.Zero, Description = "Ask about fragments without ports too, not only about whole packets." };
        var verb = new Command(name, description) { file };
        flow.AddTo(verb);
        verb.Add(quiet);
        verb.Add(fragments);
        input.AddTo(verb);
        verb.SetAction(line =>
        {
            var mistakes = new Mistakes();
            var filter = input.One(line, line.GetValue(file)!, mistakes);
            if (flow.Read(line, mistakes) is not { } asked || filter is null || mistakes.Any)
                return mistakes.Say(Console.Error);
            var answer = FlowQuestion.Ask(filter, asked, fragments: line.GetValue(fragments));
            if (input.Json(line))
                AclText.Object(to => AclJson.Check(to, filter, answer));
            else if (!line.GetValue(quiet))
                say(filter, asked, answer);
            return answer.Verdict == Verdict.Permit ? ExitCode.AllWell : ExitCode.SomeFailed;
        });
        return verb;
    }

    private static void Answer(Filter filter, Match asked, FlowAnswer answer)
    {
        Console.WriteLine(Headline(answer.Verdict, filter));
        foreach (var part in answer.Parts)
            Console.WriteLine($"  {Does(part)}  {AclText.Line(part.Term)}{(answer.Parts.Count > 1 ? $"\n          such as {part.Witness}" : "")}");
        if (answer.Verdict is Verdict.Permit or Verdict.NotApplicable)
            return;
        var suggestion = AccessSuggestion.For(filter, asked, answer);
        Console.WriteLine($"  to permit it, add {(suggestion.Before is { } before && !before.Implicit ? $"before {AclText.Line(before)}" : "at the end")}{(filter.Dialect is Dialect.ScreenOs or Dialect.PanOs ? " a rule that says, in the words of IOS" : "")}:");
        foreach (var line in suggestion.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Console.WriteLine($"    {line}");
    }

    private static void Explanation(Filter filter, Match asked, FlowAnswer answer)
    {
        Console.WriteLine(Headline(answer.Verdict, filter));
        foreach (var (term, part) in AccessSuggestion.Meeting(filter, asked, answer))
        {
            var says = part is not null ? $"{Does(part).TrimEnd()}, such as {part.Witness}"
                : term.Inactive ? "inactive"
                : !term.Sure ? "may match, by a condition that is not understood"
                : !term.Action.Decides ? "matches, and lets evaluation go on"
                : "meets the flow, but lines before it have taken all of that";
            Console.WriteLine($"  {AclText.Line(term)}\n      {says}");
        }
    }

    private static string Headline(Verdict verdict, Filter filter) => verdict is Verdict.Permit or Verdict.Deny or Verdict.Mixed ? $"{Word(verdict)} by {Named(filter)}" : $"{Named(filter)}: {Word(verdict)}";

    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Permit => "permitted",
        Verdict.Deny => "denied",
        Verdict.Mixed => "partly permitted, partly denied",
        Verdict.Unknown => "unknown: it depends on conditions that are not understood",
        Verdict.Undecided => "undecided: the question was too large",
        _ => "not seen: the filter is for the other family, so the flow is not its business",
    };

    private static string Does(FlowPart part) => (part.Certain, part.Term.Action.Permits) switch
    {
        (true, true) => "permits",
        (true, false) => "denies ",
        (false, true) => "permits, perhaps",
        _ => "denies, perhaps",
    };

    private static string Named(Filter filter) => filter.Name is null ? "the filter" : $"filter {filter.Name}";
}
