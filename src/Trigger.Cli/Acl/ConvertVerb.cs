using System.CommandLine;
using Trigger.Acl.Changing;
using Trigger.Acl.Model;
using Trigger.Acl.Telling;
using Trigger.Acl.Writing;
using Trigger.Cli.Input;

namespace Trigger.Cli.Acl;

/// <summary><c>trigger acl convert</c>: another dialect, shown to decide the same.</summary>
internal sealed class ConvertVerb
{
    private readonly AclInput input = new();
    private readonly Argument<string> file = new("file") { Description = "A filter or a whole configuration; - is standard input.", HelpName = "FILE" };
    private readonly Option<string> to = new("--to") { Description = $"The form to write: {string.Join(", ", Styles.Words)}.", HelpName = "FORM", Required = true };
    private readonly Option<string?> name = new("--name") { Description = "The new filter's name.", HelpName = "NAME" };
    private readonly Option<bool> inet6 = new("--inet6") { Arity = ArgumentArity.Zero, Description = "Write the IPv6 part of a list of both families." };
    private readonly Option<bool> replace = new("--replace") { Arity = ArgumentArity.Zero, Description = "Put in front what removes the old filter." };
    private readonly Option<bool> whole = new("--no-fragments") { Arity = ArgumentArity.Zero, Description = "Leave fragments without ports out of the question, and spare the terms they need." };
    private readonly Option<bool> lossy = new("--lossy") { Arity = ArgumentArity.Zero, Description = "Write what can be written even if it permits more or less than the source." };

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new ConvertVerb();
        var convert = new Command("convert", "Writes filters in another dialect. The result is read again and compared with the source; if they differ, nothing is written and the exit code is 1.") { verb.file, verb.to, verb.name, verb.inet6, verb.replace, verb.whole, verb.lossy };
        verb.input.AddTo(convert);
        convert.SetAction(verb.Act);
        examples.Add(convert, "trigger acl convert edge.acl --to junos > edge.conf\ntrigger acl convert core1.conf --filter EDGE-IN --to nxos --no-fragments");
        return convert;
    }

    private int Act(ParseResult line)
    {
        var mistakes = new Mistakes();
        if (!Styles.TryParse(line.GetValue(to)!, out var style))
            mistakes.Add($"--to is '{line.GetValue(to)}'; expected {string.Join(", ", Styles.Words)}.");
        var read = mistakes.Any ? null : input.Read(line, line.GetValue(file)!, mistakes);
        var filters = read is null || mistakes.Any ? [] : input.Chosen(line, read);
        if (filters.Any(filter => read!.HasUnreadable(filter)) && !line.GetValue(lossy))
            mistakes.Add("some lines cannot be read; what is left would not be the same filter (--lossy converts it nevertheless).");
        if (!mistakes.Any && filters.Count == 0)
            mistakes.Add($"no filter is found in {line.GetValue(file)}.");
        if (mistakes.Any)
            return mistakes.Say(Console.Error);

        var done = filters.Select(filter => (filter, Conversion: FilterConverter.Convert(filter, style, Options(line), line.GetValue(whole), line.GetValue(lossy)))).ToList();
        var refused = done.Exists(one => one.Conversion.Text is null);
        foreach (var (filter, conversion) in done)
        {
            if (input.Json(line))
                AclText.Object(to => AclJson.Converted(to, filter, conversion, refused));
            else
                Report(filter, conversion, style);
        }

        if (!refused && !input.Json(line))
        {
            foreach (var (_, conversion) in done)
                Console.Write(conversion.Text);
        }

        return refused ? ExitCode.SomeFailed : ExitCode.AllWell;
    }

    private WriteOptions Options(ParseResult line) => new()
    {
        Name = line.GetValue(name),
        Replace = line.GetValue(replace),
        Family = line.GetValue(inet6) ? Trigger.Acl.Values.Family.Inet6 : null,
    };

    // The report goes beside the text, so that the text can be piped to a device.
    private static void Report(Filter filter, Conversion conversion, Style style)
    {
        var to = Console.Error;
        to.WriteLine($"{filter.Name ?? "(unnamed)"}: {AclText.Count(filter.Terms.Count(term => !term.Implicit), "term")} of {Dialects.Word(filter.Dialect)} to {Styles.Words[(int)style]}: {AclJson.Outcome(conversion)}");
        foreach (var added in conversion.Added)
            to.WriteLine($"  added: {added}{(added.EndsWith("by addresses alone", StringComparison.Ordinal) ? " (--no-fragments spares them)" : "")}");
        foreach (var group in conversion.Losses.GroupBy(loss => (loss.Kind, loss.What)))
            to.WriteLine($"  {(group.Key.Kind == LossKind.Impossible ? "cannot be said" : "note")}: {group.Key.What} (line {string.Join(", ", group.Select(loss => loss.At.Line).Distinct().Take(8))}{(group.Count() > 8 ? ", …" : "")})");
        foreach (var difference in (conversion.Proven ? null : conversion.Proof)?.Differences.Take(10) ?? [])
            to.WriteLine($"  {(difference.Certain ? "differs" : "may differ")}: {difference.Witness}: {Fate(difference.Before)} by {AclText.Line(difference.Before)}; after, {Fate(difference.After)} by '{difference.After}'{(difference.Certain ? "" : ", if what is not understood allows it")}");
    }

    private static string Fate(Term term) => term.Action.Permits ? "permitted" : "not permitted";
}
