using System.CommandLine;
using Trigger.Acl.Changing;
using Trigger.Acl.Model;
using Trigger.Acl.Telling;
using Trigger.Acl.Writing;
using Trigger.Cli.Input;

namespace Trigger.Cli.Acl;

/// <summary><c>trigger acl optimize</c>, and <c>optimizer</c>: a shorter filter, shown to be equivalent.</summary>
internal sealed class OptimizeVerb(bool old)
{
    private readonly AclInput input = new();
    private readonly Argument<string[]> files = new("file") { Description = "Filters.", HelpName = "FILE", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> passes = new("--passes", "-p") { Description = "At most so many rounds of merging.", HelpName = "N" };
    private readonly Option<bool> noSource = new("--no-source-ip") { Arity = ArgumentArity.Zero, Description = "Do not merge sources." };
    private readonly Option<bool> noDestination = new("--no-destination-ip") { Arity = ArgumentArity.Zero, Description = "Do not merge destinations." };
    private readonly Option<bool> noPort = new("--no-destination-port") { Arity = ArgumentArity.Zero, Description = "Do not merge destination ports." };
    private readonly Option<bool> noExpires = new("--no-expires") { Arity = ArgumentArity.Zero, Description = "Leave terms alone whose comments have UNTIL without Never." };

    public static Command Create(Dictionary<Command, string> examples, string name = "optimize")
    {
        var old = name != "optimize";
        var verb = new OptimizeVerb(old);
        var optimize = new Command(name, old ? "Writes FILE.optimized, shown to be equivalent." : "Makes a filter shorter and shows that it decides every packet the same. Nothing is offered that is not shown. Exit code 1 when there is nothing to gain.") { verb.files, verb.passes, verb.noSource, verb.noDestination, verb.noPort, verb.noExpires };
        verb.input.AddTo(optimize);
        optimize.SetAction(verb.Act);
        examples.Add(optimize, old ? "optimizer acl.edge" : "trigger acl optimize edge.acl > shorter.acl");
        return optimize;
    }

    private int Act(ParseResult line)
    {
        var mistakes = new Mistakes();
        int? most = line.GetValue(passes) is { } text ? Numbers.Whole("--passes", text, 0, 100, mistakes) : null;
        var sides = MergeSides.All & ~(line.GetValue(noSource) ? MergeSides.Source : 0) & ~(line.GetValue(noDestination) ? MergeSides.Destination : 0) & ~(line.GetValue(noPort) ? MergeSides.DestinationPort : 0);
        var gained = false;
        foreach (var path in line.GetValue(files)!)
        {
            if (mistakes.Any || input.One(line, path, mistakes) is not { } filter)
                continue;
            var done = FilterOptimizer.Optimise(filter, most, line.GetValue(noExpires) ? Expires : null, sides, dropIdle: !old);
            gained |= done is not null;
            Say(line, path, filter, done);
        }

        return mistakes.Any ? mistakes.Say(Console.Error) : gained || old ? ExitCode.AllWell : ExitCode.SomeFailed;
    }

    private static bool Expires(Term term) => term.Comments.Any(comment => comment.Text.Contains("UNTIL", StringComparison.Ordinal) && !comment.Text.Contains("Never", StringComparison.Ordinal));

    private void Say(ParseResult line, string path, Filter filter, Optimisation? done)
    {
        var result = done?.Filter ?? filter;
        var written = Styles.Of(result) is { } style ? FilterWriter.Write(result, style, new WriteOptions { Replace = old, WithFamily = !old }).Text : null;
        if (input.Json(line))
        {
            AclText.Object(to => AclJson.Optimised(to, path, filter, result, written, done?.Steps ?? []));
            return;
        }

        Console.Error.WriteLine($"{path}: {AclText.Count(filter.Terms.Count, "term")}, {(done is null ? "nothing to gain" : $"{result.Terms.Count} are enough; shown to decide every packet the same")}");
        foreach (var step in done?.Steps ?? [])
            Console.Error.WriteLine($"  {step}");
        if (old)
            File.WriteAllText(path + ".optimized", written ?? "");
        else
            Console.Write(written);
    }
}
