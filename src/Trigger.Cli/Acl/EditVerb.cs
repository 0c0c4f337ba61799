using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Trigger.Acl.Changing;
using Trigger.Acl.Reading;
using Trigger.Backup;

namespace Trigger.Cli.Acl;

/// <summary><c>trigger acl edit</c>, and <c>fe</c>: the file in the editor of one's choice, checked before it is kept, and kept with git.</summary>
internal sealed class EditVerb
{
    private readonly Argument<string[]> files = new("file") { Description = "Files with filters.", HelpName = "FILE", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> json = new("--json") { Arity = ArgumentArity.Zero, Description = "Tell the outcome as one JSON object a line; all else goes to standard error." };

    public static Command Create(Dictionary<Command, string> examples, string name = "edit")
    {
        var verb = new EditVerb();
        var edit = new Command(name, "Edits files with $EDITOR. What cannot be read is not kept; what is kept is shown first, with what it decides differently, and committed with git. Exit code 1 when something was refused.") { verb.files, verb.json };
        edit.SetAction((line, _) => verb.Act(line));
        examples.Add(edit, name == "edit" ? "EDITOR=vim trigger acl edit acl.edge" : "fe acl.edge");
        return edit;
    }

    private async Task<int> Act(ParseResult line)
    {
        var code = ExitCode.AllWell;
        if (line.GetValue(json))
            Console.SetOut(Console.Error);
        foreach (var path in line.GetValue(files)!)
        {
            var (kept, refused, commit) = (false, false, (string?)null);
            try
            {
                (refused, commit) = await One(path);
                kept = commit is not null;
            }
            catch (Exception failure) when (failure is BackupException or Win32Exception or IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"trigger: {failure.Message}");
                refused = true;
            }

            if (refused)
                code = ExitCode.SomeFailed;
            if (line.GetValue(json))
            {
                AclText.Object(to =>
                {
                    to.WriteString("file", path);
                    to.WriteBoolean("kept", kept);
                    to.WriteBoolean("refused", refused);
                    to.WriteString("commit", commit);
                });
            }
        }

        return code;
    }

    private static async Task<(bool Refused, string? Commit)> One(string path)
    {
        if (!File.Exists(path) && !Ask.YesNo($"{path} does not exist; create?", usual: false))
            return (false, null);
        using var kept = await KeptFile.Open(path);
        if (kept.MadeRepository is { } made)
            Console.WriteLine($"{made} is now a git repository, to keep the versions of its files.");
        var folder = Directory.CreateTempSubdirectory("trigger-edit-");
        try
        {
            if (await Edited(Path.Combine(folder.FullName, Path.GetFileName(path)), kept.Text) is not { } text)
                return (true, null);
            return (false, await Keep(kept, text));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Again and again, until it can be read or the person gives up. Null then.
    private static async Task<string?> Edited(string copy, string text)
    {
        await File.WriteAllTextAsync(copy, text);
        while (true)
        {
            if (!await RunEditor(copy))
                return null;
            var edited = await File.ReadAllTextAsync(copy);
            if (edited == text)
                return edited;
            var read = FilterReader.Read(edited, null, copy);
            var unreadable = read.HasErrors || read.Filters.Count + read.Policers.Count == 0;
            var problems = read.Filters.SelectMany(EditChecks.Of).ToList();
            AclInput.Say(read, Path.GetFileName(copy), notes: true);
            if (read.Filters.Count + read.Policers.Count == 0)
                Console.Error.WriteLine($"{Path.GetFileName(copy)}: no filter is found.");
            problems.ForEach(Console.WriteLine);
            if (!unreadable && problems.Count == 0)
                return edited;
            if (Ask.YesNo("Re-edit?", usual: true))
                continue;
            if (!unreadable && Ask.YesNo("Keep it nevertheless?", usual: false))
                return edited;
            Console.WriteLine(unreadable ? "What cannot be read is not kept; the file is as it was." : "The file is as it was.");
            return null;
        }
    }

    private static async Task<string?> Keep(KeptFile kept, string text)
    {
        if (text == kept.Text)
        {
            Console.WriteLine("No changes made.");
            return null;
        }

        var name = Path.GetFileName(kept.Path);
        var diff = await KeptFile.Diff(name, kept.Text, text);
        Console.Write($"\n\"{name}\"\nBEGINNING OF CHANGES========================\n{diff}END OF CHANGES==============================\n\n");
        foreach (var effect in EditReport.Effects(FilterReader.Read(kept.Text), FilterReader.Read(text)))
            Console.WriteLine(effect);
        if (!Ask.YesNo("Do you want to save changes?", usual: true))
        {
            Console.WriteLine("Restoring original file");
            return null;
        }

        var message = EditReport.Message(diff);
        if (message.Length > 0)
        {
            Console.WriteLine($"Autodetected log message:\n{message}\n");
            if (!Ask.YesNo("Use this?", usual: true))
                message = "";
        }

        if (message.Length == 0)
        {
            Console.Write("Log message: ");
            message = Console.ReadLine()?.Trim() ?? "";
        }

        var commit = await kept.Keep(text, message.Length > 0 ? message : $"Edit {name}");
        Console.WriteLine($"{name} is kept, commit {commit}.");
        return commit;
    }

    private static async Task<bool> RunEditor(string file)
    {
        var words = (Environment.GetEnvironmentVariable("EDITOR") is { Length: > 0 } set ? set : "vi").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        List<string> arguments = [.. words.Skip(1)];
        if (Path.GetFileName(words[0]).StartsWith("vi", StringComparison.Ordinal))
            arguments.AddRange(["+set sw=4", "+set softtabstop=4"]);
        using var editor = Process.Start(new ProcessStartInfo(words[0], [.. arguments, file]))!;
        await editor.WaitForExitAsync();
        if (editor.ExitCode != 0)
            Console.Error.WriteLine($"trigger: {words[0]} ended with code {editor.ExitCode}; the file is as it was.");
        return editor.ExitCode == 0;
    }
}
