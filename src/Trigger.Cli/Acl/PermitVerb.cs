using System.CommandLine;
using System.Globalization;
using Trigger.Acl.Changing;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;
using Trigger.Backup;
using Trigger.Cli.Input;

namespace Trigger.Cli.Acl;

/// <summary><c>trigger acl permit</c>: the term that check says to add, in its place.</summary>
internal sealed class PermitVerb
{
    private readonly AclInput input = new();
    private readonly FlowArguments flow = new();
    private readonly Argument<string> file = new("file") { Description = "A filter or a whole configuration; - is standard input.", HelpName = "FILE" };
    private readonly Option<string?> name = new("--name") { Description = "The new term's name, where terms have names.", HelpName = "TERM" };
    private readonly Option<string[]> comments = new("--comment") { Description = "Words before it: a remark on lists of Cisco's kind, a comment elsewhere. May be repeated.", HelpName = "TEXT" };
    private readonly Option<string?> until = new("--until") { Description = "A day it is wanted until, for 'trigger acl expire'.", HelpName = "YYYY-MM-DD" };
    private readonly Option<bool> write = new("--write") { Arity = ArgumentArity.Zero, Description = "Write it into the file and commit that with git, instead of printing the new text." };

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new PermitVerb();
        var permit = new Command("permit", "Adds the term that permits a flow where check says it must stand, and shows that nothing else is decided differently. The rest of the text stays byte for byte. Exit code 1 when that cannot be shown.") { verb.file };
        verb.flow.AddTo(permit);
        foreach (var option in new Option[] { verb.name, verb.comments, verb.until, verb.write })
            permit.Add(option);
        verb.input.AddTo(permit);
        permit.SetAction((line, _) => verb.Act(line));
        examples.Add(permit, "trigger acl permit edge.acl 10.17.18.19 10.20.30.40 tcp 80 > new.acl\ntrigger acl permit edge.acl any 192.0.2.7 443 --comment 'ticket 4711' --until 2027-06-30 --write");
        return permit;
    }

    private async Task<int> Act(ParseResult line)
    {
        var mistakes = new Mistakes();
        var path = line.GetValue(file)!;
        var text = AclInput.Text(path, mistakes);
        var filter = text is null ? null : input.One(line, path, text, mistakes);
        if (line.GetValue(until) is { } day && !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            mistakes.Add($"--until is '{day}'; expected a day such as 2027-06-30.");
        if (line.GetValue(write) && path == "-")
            mistakes.Add("standard input cannot be written to; leave --write out.");
        if (flow.Read(line, mistakes) is not { } asked || filter is null || text is null || mistakes.Any)
            return mistakes.Say(Console.Error);
        var edit = AccessEditor.Permit(text, filter, asked, line.GetValue(name), Words(line, filter));
        if (edit.Text is null)
        {
            if (input.Json(line))
                Json(filter, edit, false, null);
            Console.Error.WriteLine($"not done: {edit.Problem}");
            return ExitCode.SomeFailed;
        }

        var changed = edit.Text != text;
        string? commit = null;
        if (line.GetValue(write) && changed)
        {
            try
            {
                commit = await Keep(path, text, edit.Text, asked);
            }
            catch (BackupException failure)
            {
                Console.Error.WriteLine($"trigger: {failure.Message}");
                return ExitCode.SomeFailed;
            }
        }

        if (input.Json(line))
            Json(filter, edit, changed, commit);
        else
            Say(edit, changed, commit, line.GetValue(write), text, filter.Dialect);
        return ExitCode.AllWell;
    }

    private List<Comment> Words(ParseResult line, Filter filter)
    {
        var words = (line.GetValue(comments) ?? []).ToList();
        if (line.GetValue(until) is { } day)
            words.Add($"UNTIL {day}");
        return [.. words.Select(text => new Comment(text.ReplaceLineEndings(" "), filter.Dialect != Dialect.Junos, Position.Nowhere))];
    }

    private static async Task<string> Keep(string path, string before, string after, Match asked)
    {
        using var kept = await KeptFile.Open(path);
        if (kept.Text != before)
            throw new BackupException($"{path} was changed by somebody else meanwhile; nothing was written.");
        var message = EditReport.Message(await KeptFile.Diff(path, before, after));
        return await kept.Keep(after, $"Permit {asked.Source} to {asked.Destination}{(asked.DestinationPorts is { } ports ? $" port {ports}" : "")}{(message.Length > 0 ? $"\n\n{message}" : "")}");
    }

    private static void Say(FilterEdit edit, bool changed, string? commit, bool written, string before, Dialect dialect)
    {
        Console.Error.WriteLine(!changed ? "permitted already; nothing to change" : $"the flow is permitted, and every other packet is decided as before{(commit is null ? "" : $" (commit {commit})")}");
        if (changed)
        {
            foreach (var effect in EditReport.Effects(FilterReader.Read(before, dialect), FilterReader.Read(edit.Text!, dialect)))
                Console.Error.WriteLine($"  {effect}");
        }

        if (!written)
            Console.Write(edit.Text);
    }

    private static void Json(Filter filter, FilterEdit edit, bool changed, string? commit) => AclText.Object(to =>
    {
        to.WriteString("filter", filter.Name);
        to.WriteBoolean("done", edit.Text is not null);
        to.WriteBoolean("changed", changed);
        to.WriteString("problem", edit.Problem);
        to.WriteString("commit", commit);
        to.WriteString("text", edit.Text);
    });
}
