using System.CommandLine;
using System.Globalization;
using Trigger.Acl.Changing;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;
using Trigger.Backup;
using Trigger.Cli.Input;

namespace Trigger.Cli.Acl;

/// <summary><c>trigger acl script</c>, and <c>acl_script</c>: a change of filters from the command line, shown, checked and committed.</summary>
internal sealed class ScriptVerb
{
    private readonly ScriptOptions options = new();
    private readonly Option<bool> json = new("--json") { Arity = ArgumentArity.Zero, Description = "Tell the outcome as one JSON object a line; all else goes to standard error." };

    public static Command Create(Dictionary<Command, string> examples, string name = "script")
    {
        var verb = new ScriptVerb();
        var script = new Command(name, "Changes a Junos term, or the lines between two comments of a list of Cisco's kind, and commits the file with git. The rest of the text stays byte for byte. Exit code 1 when a change was refused, 2 when a file cannot be read.");
        verb.options.AddTo(script);
        script.Add(verb.json);
        script.SetAction((line, _) => verb.Act(line));
        var typed = name == "script" ? "trigger acl script" : name;
        examples.Add(script, $"{typed} -a acl.edge -t web -s 192.0.2.7/32 -P 443\n{typed} -a acl.101 -c 'WEB BEGIN' 'WEB END' -s 192.0.2.7 -d 198.51.100.1 --protocol tcp -P 443 --no-input");
        return script;
    }

    private async Task<int> Act(ParseResult line)
    {
        var mistakes = new Mistakes();
        if (options.Read(line, mistakes) is not { } request)
            return mistakes.Say(Console.Error);
        if (line.GetValue(json))
            Console.SetOut(Console.Error);
        var code = ExitCode.AllWell;
        foreach (var path in request.Files)
        {
            try
            {
                code = Math.Max(code, await One(request, path, line.GetValue(json)));
            }
            catch (BackupException failure)
            {
                Console.WriteLine($">>ERROR<< {failure.Message}");
                code = Math.Max(code, ExitCode.SomeFailed);
            }
        }

        return code;
    }

    private static async Task<int> One(ScriptRequest request, string path, bool asJson)
    {
        var mistakes = new Mistakes();
        if (AclInput.Text(path, mistakes) is not { } found)
            return mistakes.Say(Console.Error);
        using var kept = request.DryRun ? null : await KeptFile.Open(path);
        if (kept?.MadeRepository is { } made)
            Console.Error.WriteLine($"{made} is now a git repository, to keep the versions of its files.");
        var text = kept?.Text ?? found;
        var read = FilterReader.Read(text);
        if (read.HasErrors || read.Filters.Count == 0)
        {
            Console.WriteLine($">>ERROR<< Could not parse acl file {path}!");
            AclInput.Say(read, path);
            return ExitCode.BadInput;
        }

        var change = new ScriptChange(request, TimeProvider.System.GetLocalNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var edit = change.Of(text);
        if (request.ShowMods)
            change.Mods.ForEach(Console.WriteLine);
        change.Notes.ForEach(Console.Error.WriteLine);
        if (edit.Text is null)
        {
            Console.WriteLine($">>ERROR<< {path}: {edit.Problem}");
            return ExitCode.SomeFailed;
        }

        var diff = await KeptFile.Diff(Path.GetFileName(path), text, edit.Text);
        if (diff.Length == 0)
            Console.WriteLine($"No changes made to {path}");
        else
            Show(request, path, diff, read, edit);
        var commit = diff.Length == 0 || kept is null || (request.Asks && !Ask.YesNo("Do you want to save changes?", usual: true)) ? null : await Keep(kept, request, edit.Text, diff);
        if (asJson)
            Json(path, diff, commit, read, edit.Text);
        return ExitCode.AllWell;
    }

    private static void Show(ScriptRequest request, string path, string diff, ReadResult before, FilterEdit edit)
    {
        var mark = request.Asks ? "" : ">>DIFF<< ";
        Console.WriteLine($"{mark}\"{path}\"");
        Console.WriteLine($"{mark}BEGINNING OF CHANGES ===========");
        foreach (var line in diff.TrimEnd('\n').Split('\n'))
            Console.WriteLine(mark + line);
        Console.WriteLine($"{mark}END OF CHANGES =================");
        foreach (var effect in EditReport.Effects(before, FilterReader.Read(edit.Text!)))
            Console.Error.WriteLine(effect);
    }

    private static async Task<string> Keep(KeptFile kept, ScriptRequest request, string text, string diff)
    {
        var name = Path.GetFileName(kept.Path);
        var said = EditReport.Message(diff);
        var message = $"From acl_script{(said.Length > 0 ? $"\n\n{said}" : "")}";
        Console.WriteLine($"Autodetected log message:\n{message}\n");
        var now = TimeProvider.System.GetLocalNow();
        var log = request.Worklog ? $"workdocs/workdoc.{now.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}" : null;
        var entry = $"{name}\n{now.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)} {Environment.UserName}: updated by acl_script\n\n{diff}\n";
        var commit = await kept.Keep(text, message, log, entry);
        Console.Error.WriteLine($"{name} is kept, commit {commit}.");
        return commit;
    }

    private static void Json(string path, string diff, string? commit, ReadResult before, string after) => AclText.Object(to =>
    {
        to.WriteString("file", path);
        to.WriteBoolean("changed", diff.Length > 0);
        to.WriteString("commit", commit);
        to.WriteString("diff", diff);
        to.WriteStartArray("effects");
        foreach (var effect in EditReport.Effects(before, FilterReader.Read(after)))
            to.WriteStringValue(effect);
        to.WriteEndArray();
    });
}
