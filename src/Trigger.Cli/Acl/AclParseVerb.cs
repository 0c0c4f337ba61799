using System.CommandLine;
using Trigger.Acl.Model;
using Trigger.Acl.Telling;
using Trigger.Acl.Writing;
using Trigger.Cli.Input;

namespace Trigger.Cli.Acl;

/// <summary><c>trigger acl parse</c>: what is understood of a text.</summary>
internal static class AclParseVerb
{
    public static Command Create(Dictionary<Command, string> examples)
    {
        var input = new AclInput();
        var files = new Argument<string[]>("file") { Description = "Filters or whole configurations; - is standard input.", HelpName = "FILE", Arity = ArgumentArity.OneOrMore };
        var print = new Option<bool>("--print") { Arity = ArgumentArity.Zero, Description = "Also write the filters back, as they are understood." };
        var parse = new Command("parse", "Reads filters, tells what is wrong and what is not understood. Exit code 1 when a line cannot be read.") { files, print };
        input.AddTo(parse);
        parse.SetAction(line => Act(line, input, line.GetValue(files)!, line.GetValue(print)));
        examples.Add(parse, "trigger acl parse core1.conf\nssh core1 'show running-config' | trigger acl parse - --json");
        return parse;
    }

    private static int Act(ParseResult line, AclInput input, string[] files, bool print)
    {
        var mistakes = new Mistakes();
        var failed = false;
        foreach (var path in files)
        {
            if (input.Read(line, path, mistakes, notes: true) is not { } read)
                continue;
            failed |= read.HasErrors;
            if (input.Json(line))
                Json(path, read);
            else
                Text(path, read, print);
        }

        return mistakes.Any ? mistakes.Say(Console.Error) : failed ? ExitCode.SomeFailed : ExitCode.AllWell;
    }

    private static void Text(string path, ReadResult read, bool print)
    {
        foreach (var filter in read.Filters)
        {
            var unknown = filter.Terms.Count(term => !term.Sure);
            Console.WriteLine($"{path}:{filter.At.Line}: {Dialects.Word(filter.Dialect)} {filter.Family.ToString().ToLowerInvariant()} filter {filter.Name ?? "(unnamed)"}, {AclText.Count(filter.Terms.Count(term => !term.Implicit), "term")}{(unknown > 0 ? $", {unknown} with conditions that are not understood" : "")}");
            if (print && Styles.Of(filter) is { } style)
                Console.Write(FilterWriter.Write(filter, style).Text);
        }

        if (read.Filters.Count == 0)
            Console.WriteLine($"{path}: no filter is found.");
    }

    private static void Json(string path, ReadResult read)
    {
        foreach (var filter in read.Filters)
            AclText.Object(to => AclJson.Parsed(to, path, filter));
        foreach (var said in read.Diagnostics)
            AclText.Object(to => AclJson.Said(to, path, said));
    }
}
