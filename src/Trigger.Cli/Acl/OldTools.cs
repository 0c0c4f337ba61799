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
        var tool = new Command("aclconv", "Converts filters as Trigger's aclconv does.") { files, format, name };
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
                failed |= !Convert(path, style, line.GetValue(name), mistakes);
            return mistakes.Any ? mistakes.Say(Console.Error) : failed ? ExitCode.SomeFailed : ExitCode.AllWell;
        });
        examples.Add(tool, "aclconv -j acl.123");
        return tool;
    }

    private static bool Convert(string path, Style style, string? name, Mistakes mistakes)
    {
        if (AclInput.Text(path, mistakes) is not { } text)
            return false;
        var read = FilterReader.Read(text, null, path);
        AclInput.Say(read, path);
        foreach (var filter in read.Filters)
        {
            // Its output stands for whole packets, as Trigger's did.
            var conversion = FilterConverter.Convert(filter, style, new WriteOptions { Name = name ?? OldName(filter.Name ?? "", style), Replace = true, WithFamily = filter.Family == Family.Inet6, CountTerms = style == Style.Junos }, wholePackets: true);
            foreach (var loss in conversion.Losses.Where(loss => loss.Kind == LossKind.Impossible))
                Console.Error.WriteLine($"{path}:{loss.At}: {loss.What}");
            if (conversion.Text is null)
                return false;
            Console.Write(conversion.Text);
        }

        return !read.HasErrors && read.Filters.Count > 0;
    }

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
        var tool = new Command("check_syntax", "Tells whether files are filters that can be read.") { files, quiet };
        tool.SetAction(line =>
        {
            foreach (var path in line.GetValue(files)!)
            {
                if (Directory.Exists(path))
                {
                    Console.WriteLine($"Moving on.  Not a normal file: {path}");
                    continue;
                }

                if (!File.Exists(path))
                {
                    Console.WriteLine($"Moving on.  File does not exist: {path}");
                    continue;
                }

                var read = FilterReader.Read(File.ReadAllText(path));
                if (!read.HasErrors && read.Filters.Count > 0)
                {
                    if (!line.GetValue(quiet))
                        Console.WriteLine($"File {path} passes the syntax check.");
                    continue;
                }

                Console.WriteLine($"File {path} FAILED the syntax check.  Here is the error:");
                foreach (var said in read.Diagnostics.Where(one => one.Severity == Severity.Error))
                    Console.WriteLine($"{path}:{said}");
                if (read.Filters.Count == 0)
                    Console.WriteLine($"{path}: no filter is found.");
            }

            return ExitCode.AllWell;
        });
        examples.Add(tool, "check_syntax acl.*");
        return tool;
    }

    private static Command CheckAccess(Dictionary<Command, string> examples)
    {
        var file = new Argument<string>("file") { HelpName = "FILE" };
        var flow = new FlowArguments();
        var quiet = new Option<bool>("--quiet", "-q") { Arity = ArgumentArity.Zero, Description = "Only the exit code." };
        var tool = new Command("check_access", "Tells whether a flow is permitted, and what to add if it is not: exit code 0 permitted, 1 not, 2 bad arguments.") { file };
        flow.AddTo(tool);
        tool.Add(quiet);
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
            if (!line.GetValue(quiet))
                Console.Write(said);
            return permitted ? ExitCode.AllWell : ExitCode.SomeFailed;
        });
        examples.Add(tool, "check_access acl.abc123 10.17.18.19 10.20.30.40 tcp 80");
        return tool;
    }
}
