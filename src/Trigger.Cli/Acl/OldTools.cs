using System.CommandLine;
using Trigger.Acl.Changing;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;
using Trigger.Acl.Values;
using Trigger.Acl.Writing;
using Trigger.Cli.Input;
using Trigger.Cli.Loading;

namespace Trigger.Cli.Acl;

/// <summary>Trigger's own ACL tools under their own names, for links: their options and the shape of their output, with the answers of the engine.</summary>
internal static class OldTools
{
    public static IEnumerable<Command> Create(Dictionary<Command, string> examples)
    {
        Command[] tools = [Aclconv(examples), CheckAccess(examples), CheckSyntax(examples), FindVerb.Create(examples, "find_access"), OptimizeVerb.Create(examples, "optimizer"), ScriptVerb.Create(examples, "acl_script"), EditVerb.Create(examples, "fe"), LoadDesk.Create(examples, "load_acl")];
        foreach (var tool in tools)
            tool.Hidden = true;
        return tools;
    }

    private static Command Aclconv(Dictionary<Command, string> examples)
    {
        var files = new Argument<string[]>("file") { HelpName = "FILE", Description = "Filters; - or none is standard input.", Arity = ArgumentArity.ZeroOrMore };
        var format = new Option<string?>("--format", "-f") { HelpName = "FORMAT", Description = "ios, ios_named, junos or iosxr." };
        var name = new Option<string?>("--name", "-n") { HelpName = "NAME", Description = "The new name." };
        var shortcuts = new[] { ("-i", "ios"), ("-o", "ios_named"), ("-j", "junos"), ("-x", "iosxr") }
            .Select(one => (Option: new Option<bool>(one.Item1) { Arity = ArgumentArity.Zero, Description = $"As -f {one.Item2}." }, Form: one.Item2)).ToList();
        var json = Json();
        var tool = new Command("aclconv", "Converts filters as Trigger's aclconv does.") { files, format, name, json };
        shortcuts.ForEach(one => tool.Add(one.Option));
        tool.SetAction(line =>
        {
            var form = line.GetValue(format) ?? shortcuts.Find(one => line.GetValue(one.Option)).Form;
            if (form is null || !Styles.TryParse(form, out var style))
            {
                Console.Error.WriteLine("aclconv: a format is needed: -f ios|ios_named|junos|iosxr, or -i, -o, -j, -x.");
                return ExitCode.SomeFailed;
            }

            var mistakes = new Mistakes();
            var failed = false;
            foreach (var path in line.GetValue(files) is { Length: > 0 } given ? given : ["-"])
                failed |= !Convert(path, style, line.GetValue(name), line.GetValue(json), mistakes);
            return mistakes.Any ? mistakes.Say(Console.Error) : failed ? ExitCode.SomeFailed : ExitCode.AllWell;
        });
        examples.Add(tool, "aclconv -j acl.123");
        return tool;
    }

    private static bool Convert(string path, Style style, string? name, bool json, Mistakes mistakes)
    {
        if (AclInput.Text(path, mistakes) is not { } text)
            return false;
        var read = FilterReader.Read(text, null, path);
        AclInput.Say(read, path);
        if (read.HasErrors)
        {
            Console.Error.WriteLine($"{path}: lines that cannot be read are not converted, and what is left would not be the same filter.");
            return false;
        }

        foreach (var filter in read.Filters)
        {
            // Its output stands for whole packets, as Trigger's did.
            var conversion = FilterConverter.Convert(filter, style, new WriteOptions { Name = name ?? OldName(filter.Name ?? "", style), Replace = true, WithFamily = filter.Family == Family.Inet6, CountTerms = style == Style.Junos }, wholePackets: true);
            foreach (var loss in conversion.Losses.Where(loss => loss.Kind == LossKind.Impossible))
                Console.Error.WriteLine($"{path}:{loss.At}: {loss.What}");
            if (conversion.Text is null)
                return false;
            if (json)
                AclText.Object(to =>
                {
                    to.WriteString("file", path);
                    to.WriteString("filter", filter.Name);
                    to.WriteString("text", conversion.Text);
                });
            else
                Console.Write(conversion.Text);
        }

        if (read.Filters.Count == 0)
            Console.Error.WriteLine($"{path}: no filter is found.");
        return read.Filters.Count > 0;
    }

    private static Option<bool> Json() => new("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line." };

    // A number for ios, or the letter of the form behind the old name.
    internal static string OldName(string name, Style style)
    {
        if (style is Style.Ios or Style.Brocade)
            return name.Length > 0 && name.All(char.IsAsciiDigit) ? name : "100";
        var letter = style switch { Style.IosNamed => 'o', Style.Junos or Style.JunosSet => 'j', Style.IosXr => 'x', _ => '\0' };
        return letter == '\0' || name.EndsWith(letter) ? name : name + letter;
    }

    private static Command CheckSyntax(Dictionary<Command, string> examples)
    {
        var files = new Argument<string[]>("file") { HelpName = "FILE", Arity = ArgumentArity.OneOrMore };
        var quiet = new Option<bool>("--quiet", "-q") { Arity = ArgumentArity.Zero };
        var json = Json();
        var tool = new Command("check_syntax", "Tells whether files are filters that can be read.") { files, quiet, json };
        tool.SetAction(line =>
        {
            foreach (var path in line.GetValue(files)!)
                Check(path, line.GetValue(quiet), line.GetValue(json));
            return ExitCode.AllWell;
        });
        examples.Add(tool, "check_syntax acl.*");
        return tool;
    }

    private static void Check(string path, bool quiet, bool json)
    {
        var mistakes = new Mistakes();
        var why = Directory.Exists(path) ? $"Moving on.  Not a normal file: {path}" : !File.Exists(path) ? $"Moving on.  File does not exist: {path}" : null;
        var read = why is null && AclInput.Text(path, mistakes) is { } text ? FilterReader.Read(text) : null;
        List<string> problems = read is null ? [why ?? mistakes.All[0]] : [.. read.Diagnostics.Where(one => one.Severity == Severity.Error).Select(said => $"{path}:{said}")];
        if (read is { Filters.Count: 0 })
            problems.Add($"{path}: no filter is found.");
        if (json)
        {
            AclText.Object(to =>
            {
                to.WriteString("file", path);
                to.WriteBoolean("passes", problems.Count == 0);
                to.WriteStartArray("problems");
                problems.ForEach(to.WriteStringValue);
                to.WriteEndArray();
            });
            return;
        }

        if (read is not null && problems.Count > 0)
            Console.WriteLine($"File {path} FAILED the syntax check.  Here is the error:");
        problems.ForEach(Console.WriteLine);
        if (problems.Count == 0 && !quiet)
            Console.WriteLine($"File {path} passes the syntax check.");
    }

    private static Command CheckAccess(Dictionary<Command, string> examples)
    {
        var file = new Argument<string>("file") { HelpName = "FILE" };
        var flow = new FlowArguments();
        var quiet = new Option<bool>("--quiet", "-q") { Arity = ArgumentArity.Zero, Description = "Only the exit code." };
        var json = Json();
        var tool = new Command("check_access", "Tells whether a flow is permitted, and what to add if it is not: exit code 0 permitted, 1 not, 2 bad arguments.") { file };
        flow.AddTo(tool);
        tool.Add(quiet);
        tool.Add(json);
        tool.SetAction(line =>
        {
            var mistakes = new Mistakes();
            var text = AclInput.Text(line.GetValue(file)!, mistakes);
            var asked = flow.Read(line, mistakes);
            var read = text is null ? null : FilterReader.Read(text);
            if (read is { Filters.Count: not 1 })
                mistakes.Add($"{line.GetValue(file)} has {read.Filters.Count} filters; one is needed.");
            if (asked is null || mistakes.Any || read is null)
                return mistakes.Say(Console.Error);
            AclInput.Say(read, line.GetValue(file)!);
            var (permitted, said) = AccessReport.Of(read.Filters[0], asked);
            if (line.GetValue(json))
            {
                AclText.Object(to =>
                {
                    to.WriteString("file", line.GetValue(file));
                    to.WriteBoolean("permitted", permitted);
                    to.WriteString("text", said);
                });
            }
            else if (!line.GetValue(quiet))
            {
                Console.Write(said);
            }

            return permitted ? ExitCode.AllWell : ExitCode.SomeFailed;
        });
        examples.Add(tool, "check_access acl.abc123 10.17.18.19 10.20.30.40 tcp 80");
        return tool;
    }
}
