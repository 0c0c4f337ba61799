using System.Collections.Concurrent;
using Trigger.Devices.Platforms;
using Trigger.Sessions.Rehearsals;
using Trigger.Tests.Devices;
using Trigger.Tests.Tidy;

namespace Trigger.Tests.Sessions;

/// <summary>Every platform's recorded or documented dialogue, played through the talk that a session holds.</summary>
public sealed class A_platforms_dialogue
{
    private static readonly PlatformCatalog Catalog = Platforms.BuiltIn;

    private static readonly string Folder = Path.Combine(Source.Root, "tests", "Trigger.Tests", "Devices", "Dialogues");

    [Fact]
    public void is_there_for_each_of_at_least_a_hundred_platforms()
    {
        var written = Directory.EnumerateFiles(Folder, "*.txt").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);

        Assert.Equal(Catalog.Ids, written);
        Assert.True(Catalog.Ids.Count >= 100, $"{Catalog.Ids.Count} platforms");
    }

    [Fact]
    public void says_where_it_comes_from() =>
        Assert.All(All(), play => Assert.Matches("^(recorded|documented|composed) ", play.Dialogue.Source));

    [Fact]
    public void goes_as_written() => Assert.Empty(All().SelectMany(play => Rehearsal.Play(play.Platform, play.Dialogue, Pieces.Whole).Mistakes));

    [Fact]
    public void goes_the_same_byte_by_byte() => Assert.Empty(All().SelectMany(play => Rehearsal.Play(play.Platform, play.Dialogue, Pieces.EachByte).Mistakes));

    [Fact]
    public void goes_the_same_wherever_an_answer_is_split()
    {
        var mistakes = new ConcurrentBag<string>();
        Parallel.ForEach(All(), play =>
        {
            var longest = Rehearsal.Play(play.Platform, play.Dialogue, Pieces.Whole).LongestSpeech;
            for (var at = 1; at < longest; at++)
            {
                foreach (var mistake in Rehearsal.Play(play.Platform, play.Dialogue, Pieces.SplitAt(at)).Mistakes)
                    mistakes.Add($"split at {at}: {mistake}");
            }
        });

        Assert.Empty(mistakes);
    }

    [Fact]
    public void shows_all_that_its_platform_can_do() => Assert.Empty(All().SelectMany(play => Missing(play.Platform, play.Dialogue)));

    [Theory]
    [InlineData("> show version", "> show vlan", "was typed after the dialogue's end", false)]
    [InlineData("<_ core-1.ams#", "<_ core-1.ams!", "the session waits for more", true)]
    [InlineData("= refused", "= answered", "was taken for refused", true)]
    [InlineData("= answered in config", "= answered in user", "the session sees mode 'config' and not 'user'", true)]
    [InlineData("< Uptime is 3 weeks", "< % Invalid thing", "was taken for refused", true)]
    [InlineData("> terminal length 0", "> terminal length 24", "the dialogue has \"terminal length 24", true)]
    public void that_does_not_fit_is_found_out(string written, string instead, string mistake, bool wrong)
    {
        var text = File.ReadAllText(Path.Combine(Folder, "cisco_ios.txt"));
        Assert.Contains(written, text, StringComparison.Ordinal);
        var dialogue = DialogueText.Parse(text.Replace(written, instead, StringComparison.Ordinal), "broken", []);

        var mistakes = Rehearsal.Play(Catalog.Get("cisco_ios"), dialogue!, Pieces.Whole).Mistakes;

        Assert.Equal(wrong, mistakes.Any(found => found.Contains(mistake, StringComparison.Ordinal)));
    }

    [Fact]
    public void is_refused_with_the_line_when_it_is_not_one()
    {
        var mistakes = new List<string>();

        Assert.Null(DialogueText.Parse("source = x\nway = pigeon\n<_ a#\n= perhaps\n", "odd.txt", mistakes));

        Assert.Equal(2, mistakes.Count);
        Assert.StartsWith("odd.txt:2: 'way = pigeon' is none of", mistakes[0], StringComparison.Ordinal);
        Assert.StartsWith("odd.txt:4: ", mistakes[1], StringComparison.Ordinal);
    }

    [Fact]
    public void made_of_a_definitions_own_samples_goes_as_written_too() =>
        Assert.Empty(Catalog.Ids.Select(Catalog.Get).SelectMany(platform => Rehearsal.Play(platform, SampleDialogue.Of(platform), Pieces.EachByte).Mistakes));

    private static List<(Platform Platform, Dialogue Dialogue)> All()
    {
        var mistakes = new List<string>();
        var all = Catalog.Ids.Select(id => (Catalog.Get(id), DialogueText.Parse(File.ReadAllText(Path.Combine(Folder, id + ".txt")), id + ".txt", mistakes)!)).ToList();
        Assert.Empty(mistakes);
        return all;
    }

    private static IEnumerable<string> Missing(Platform platform, Dialogue dialogue)
    {
        var typed = dialogue.Moves.OfType<DialogueMove.Types>().Select(move => move.Text).ToList();
        var outcomes = dialogue.Moves.OfType<DialogueMove.Outcome>().ToList();
        var wanted = platform.OnOpen.ToList();
        if (platform.Configure is { Enter.Length: > 0 } configure && platform.Modes[^1].Name != platform.WorkMode)
        {
            wanted.AddRange([configure.Enter, configure.Leave]);
            if (!outcomes.Exists(outcome => outcome.Mode == platform.Modes[^1].Name))
                yield return $"{platform.Id}: never is in mode {platform.Modes[^1].Name}";
        }

        wanted.AddRange(platform.Configure?.Save ?? []);
        foreach (var line in wanted.Where(line => !typed.Contains(line)))
            yield return $"{platform.Id}: '{line}' is never typed";
        // On these the usual account lands where commands run.
        if (platform.Enable is { } enable && platform.Id is not ("frr" or "cisco_nxos" or "juniper_junos" or "dlink_ds") && !typed.Contains(enable.Send))
            yield return $"{platform.Id}: never raises the privilege";
        if (platform.Samples.Pager.Length > 0 && !dialogue.Moves.Any(move => move is DialogueMove.Presses))
            yield return $"{platform.Id}: never turns a page";
        if (!outcomes.Exists(outcome => outcome.Refused))
            yield return $"{platform.Id}: nothing is refused";
    }
}
