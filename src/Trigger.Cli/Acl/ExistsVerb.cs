using System.CommandLine;
using Trigger.Cli.Input;

namespace Trigger.Cli.Acl;

/// <summary><c>trigger acl exists</c>: whether there is a file for a filter's name, which Trigger's programs ask of <c>acl_exists</c>.</summary>
internal static class ExistsVerb
{
    public static Command Create(Dictionary<Command, string> examples)
    {
        var names = new Argument<string[]>("name") { Description = "Filters' names.", HelpName = "NAME", Arity = ArgumentArity.OneOrMore };
        var folder = new Option<string?>("--acls") { Description = "Where filters are kept as files. Default: acl.directory of the settings.", HelpName = "DIR" };
        var json = new Option<bool>("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line." };
        var exists = new Command("exists", "Is there a file that can be read for each of these filters, under its name or as acl.NAME? Exit code 0 for all of them, 1 if not.") { names, folder, json };
        exists.SetAction(line =>
        {
            var mistakes = new Mistakes();
            var where = line.GetValue(folder) ?? Configured.Settings.Text("acl.directory");
            if (where is null)
                mistakes.Add("nothing says where filters are kept: set acl.directory, or give --acls DIR.");
            if (mistakes.Any || where is null)
                return mistakes.Say(Console.Error);
            var missing = 0;
            foreach (var name in line.GetValue(names)!)
            {
                var found = Find(where, name);
                missing += found is null ? 1 : 0;
                if (line.GetValue(json))
                    Json(name, found);
                else
                    Console.WriteLine(found ?? $"there is no file for {name} in {where}");
            }

            return missing > 0 ? ExitCode.SomeFailed : ExitCode.AllWell;
        });
        examples.Add(exists, "trigger acl exists edge-in --acls /data/firewalls");
        return exists;
    }

    /// <summary>The file of a filter, or null. Trigger named them <c>acl.NAME</c> first, and by the name alone since 1.4.2.</summary>
    internal static string? Find(string folder, string name)
    {
        // A name is no path: "../x" is not to be found.
        if (name.Length == 0 || name[0] == '.' || name.AsSpan().IndexOfAny('/', '\\', '\0') >= 0)
            return null;
        foreach (var path in new[] { Path.Combine(folder, name), Path.Combine(folder, $"acl.{name}") })
        {
            try
            {
                using var opened = File.OpenRead(path);
                return path;
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                // A file that cannot be read is none, as it was to Trigger.
            }
        }

        return null;
    }

    private static void Json(string name, string? found) => AclText.Object(to =>
    {
        to.WriteString("name", name);
        to.WriteBoolean("exists", found is not null);
        to.WriteString("file", found);
    });
}
