using System.CommandLine;
using System.Globalization;
using System.Text.Unicode;
using Trigger.Acl.Changing;
using Trigger.Acl.Telling;
using Trigger.Cli.Input;

namespace Trigger.Cli.Acl;

/// <summary><c>trigger acl expire</c>: dates in comments, told and moved.</summary>
internal static class ExpireVerb
{
    public static Command Create(Dictionary<Command, string> examples)
    {
        var input = new AclInput();
        var files = new Argument<string[]>("file") { Description = "Filters.", HelpName = "FILE", Arity = ArgumentArity.OneOrMore };
        var match = new Option<string[]>("--match") { Description = "Only terms whose comments contain this; may be given again.", HelpName = "TEXT" };
        var extend = new Option<string?>("--extend") { Description = "Move the dates of these terms by so many days and write the files back.", HelpName = "DAYS" };
        var on = new Option<string?>("--on-day") { Description = "What is expired is so on this day (2026-11-21) instead of today.", HelpName = "DAY" };
        var expire = new Command("expire", "Tells of terms whose comments say until when they are wanted. Exit code 1 when one has expired.") { files, match, extend, on };
        input.AddTo(expire);
        expire.SetAction(line =>
        {
            var mistakes = new Mistakes();
            int? days = line.GetValue(extend) is { } text ? Numbers.Whole("--extend", text, 1, 36500, mistakes) : null;
            var today = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);
            if (line.GetValue(on) is { } day && !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out today))
                mistakes.Add($"--on-day is '{day}'; write a day as 2026-11-21.");
            var expired = false;
            foreach (var path in mistakes.Any ? [] : line.GetValue(files)!)
                expired |= One(line, input, path, line.GetValue(match) ?? [], days, today, mistakes);
            return mistakes.Any ? mistakes.Say(Console.Error) : expired && days is null ? ExitCode.SomeFailed : ExitCode.AllWell;
        });
        examples.Add(expire, "trigger acl expire acl.*\ntrigger acl expire acl.edge --match TICKET-1234 --extend 180");
        return expire;
    }

    private static bool One(ParseResult line, AclInput input, string path, string[] words, int? days, DateOnly today, Mistakes mistakes)
    {
        var expired = false;
        var terms = input.All(line, path, mistakes).SelectMany(filter => ExpiryDates.Matching(filter, words)).ToList();
        foreach (var term in terms)
        {
            if (ExpiryDates.Of(term) is not { } date)
                continue;
            expired |= date < today;
            if (input.Json(line))
            {
                AclText.Object(to =>
                {
                    to.WriteString("file", path);
                    to.WriteString("until", date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                    to.WriteBoolean("expired", date < today);
                    AclJson.Fields(to, term);
                });
            }
            else
            {
                Console.WriteLine($"{path}: {date:yyyy-MM-dd}{(date < today ? " EXPIRED" : "")}  {AclText.Line(term)}");
            }
        }

        if (days is { } move && terms.Count > 0 && path != "-" && AclInput.Text(path, mistakes) is { } text)
        {
            if (Utf8.IsValid(File.ReadAllBytes(path)))
                File.WriteAllText(path, ExpiryDates.Move(text, terms, move));
            else
                mistakes.Add($"{path} is not UTF-8; to write it would change other bytes of it.");
        }

        return expired;
    }
}
