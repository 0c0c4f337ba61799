using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Devices.Platforms;
using Trigger.Sessions.Rehearsals;

namespace Trigger.Cli.Platforms;

/// <summary><c>trigger platform</c>: what is known of operating systems, and whether it fits.</summary>
internal static class PlatformVerb
{
    public static Command Create(Dictionary<Command, string> examples)
    {
        var platform = new Command("platform", "Shows, checks and rehearses the definitions of operating systems.") { List(examples), Show(examples), Check(examples), Test(examples) };
        examples.Add(platform, "trigger platform list\ntrigger platform show cisco_ios\ntrigger platform test cisco_ios session.txt");
        return platform;
    }

    private static Command List(Dictionary<Command, string> examples)
    {
        var folder = PlatformOption.Create();
        var json = new Option<bool>("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line." };
        var list = new Command("list", "Lists the platforms.") { folder, json };
        list.SetAction(line => PlatformText.List(PlatformOption.Catalog(line, folder), line.GetValue(json)));
        examples.Add(list, "trigger platform list\ntrigger platform list --json | grep telnet");
        return list;
    }

    private static Command Show(Dictionary<Command, string> examples)
    {
        var folder = PlatformOption.Create();
        var name = Name();
        var show = new Command("show", "Shows a definition as it is after inheritance, each value with the file and line that it comes from.") { name, folder };
        show.SetAction(line => With(line, folder, name, PlatformText.Show));
        examples.Add(show, "trigger platform show arista_eos\ntrigger platform show eos --platforms ./hocon/platforms");
        return show;
    }

    private static Command Check(Dictionary<Command, string> examples)
    {
        var folder = PlatformOption.Create();
        var check = new Command("check", "Checks every definition, your own included, and says all that is wrong at once.") { folder };
        check.SetAction(line =>
        {
            var catalog = PlatformOption.Catalog(line, folder);
            var mistakes = new Mistakes();
            mistakes.Add(catalog.Validate());
            if (mistakes.Any)
                return mistakes.Say(Console.Error);
            Console.WriteLine($"{catalog.Ids.Count} platforms, no mistakes.");
            return ExitCode.AllWell;
        });
        examples.Add(check, "trigger platform check\ntrigger platform check --platforms ./hocon/platforms");
        return check;
    }

    private static Command Test(Dictionary<Command, string> examples)
    {
        var folder = PlatformOption.Create();
        var name = Name();
        var file = new Argument<string?>("file") { Description = "A dialogue: what a device said (<) and what was typed (>). Default: one made of the definition's own samples.", HelpName = "FILE", Arity = ArgumentArity.ZeroOrOne };
        var test = new Command("test", "Plays a dialogue against a definition and says what a session saw: whole, byte by byte, and split at every byte.") { name, file, folder };
        test.SetAction(line => With(line, folder, name, (catalog, id) => Play(catalog.Get(id), line.GetValue(file))));
        examples.Add(test, "trigger platform test cisco_ios\ntrigger platform test acme_os session.txt --platforms ./hocon/platforms");
        return test;
    }

    private static Argument<string> Name() => new("name") { Description = "A platform's id, or another tool's name for it.", HelpName = "PLATFORM" };

    private static int With(ParseResult line, Option<string?> folder, Argument<string> name, Func<PlatformCatalog, string, int> act)
    {
        var catalog = PlatformOption.Catalog(line, folder);
        var written = line.GetValue(name)!;
        var id = catalog.Resolve(written);
        if (catalog.Contains(id))
            return act(catalog, id);
        var mistakes = new Mistakes();
        mistakes.Add($"There is no platform '{written}'{catalog.Hint(written)}");
        return mistakes.Say(Console.Error);
    }

    private static int Play(Platform platform, string? file)
    {
        var mistakes = new Mistakes();
        if (Read(platform, file, mistakes) is not { } dialogue)
            return mistakes.Say(Console.Error);

        var whole = Rehearsal.Play(platform, dialogue, Pieces.Whole);
        Console.WriteLine($"{platform.Id} ({platform.Title}), {dialogue.Name}");
        if (dialogue.Source.Length > 0)
            Console.WriteLine($"source: {dialogue.Source}");
        foreach (var seen in whole.Seen)
            Console.WriteLine($"  {seen}");
        var wrong = whole.Mistakes.Concat(Rehearsal.Play(platform, dialogue, Pieces.EachByte).Mistakes.Select(mistake => $"byte by byte: {mistake}")).ToList();
        for (var at = 1; at < whole.LongestSpeech && wrong.Count == 0; at++)
            wrong.AddRange(Rehearsal.Play(platform, dialogue, Pieces.SplitAt(at)).Mistakes.Select(mistake => $"split at byte {at}: {mistake}"));
        foreach (var mistake in wrong)
            Console.WriteLine($"WRONG {mistake}");
        Console.WriteLine(wrong.Count == 0 ? $"all as written, also byte by byte and split at each of {whole.LongestSpeech} places" : "the definition and the dialogue do not agree");
        return wrong.Count == 0 ? ExitCode.AllWell : ExitCode.SomeFailed;
    }

    private static Dialogue? Read(Platform platform, string? file, Mistakes mistakes)
    {
        if (file is null)
            return SampleDialogue.Of(platform);
        var found = new List<string>();
        try
        {
            var dialogue = DialogueText.Parse(File.ReadAllText(file), file, found);
            mistakes.Add(found);
            return dialogue;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"{file}: cannot be read: {unreadable.Message}");
            return null;
        }
    }
}
