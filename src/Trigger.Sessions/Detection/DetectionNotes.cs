using Trigger.Devices;
using Trigger.Devices.Platforms;

namespace Trigger.Sessions.Detection;

/// <summary>
/// What has been learned of a device, and what follows from it. Pure: clues go in, guesses and the next harmless question come out.
/// </summary>
internal sealed class DetectionNotes(PlatformCatalog catalog, Protocol way)
{
    // An answer that names the system outweighs all that stands around it; a prompt alone fits dozens.
    private const int Named = 100;
    private const int DidNotName = -30;
    private const int Sign = 25;
    private const int OwnPrompt = 10;
    private const int UsualWay = 3;
    private const int Lead = 20;

    private readonly List<(string Command, string Output)> answers = [];
    private readonly List<Platform> platforms = [.. catalog.Ids.Select(catalog.Get)];

    /// <summary>The SSH identification; null over Telnet.</summary>
    public string? Identification { get; set; }

    /// <summary>Everything printed up to the first prompt.</summary>
    public string LoginText { get; set; } = "";

    /// <summary>The first prompt; empty until there is one.</summary>
    public string Prompt { get; set; } = "";

    public void Answered(string command, string output) => answers.Add((command, output));

    /// <summary>
    /// The next probe, or null when there is none left that would tell something. Every platform whose prompt this may be must read it, or be known to refuse it without
    /// acting on it: a guess must never become a change.
    /// </summary>
    public string? NextProbe()
    {
        var possible = platforms.FindAll(ShowsThisPrompt);
        if (possible.Count == 0)
            return null;
        return possible
            .Where(platform => platform.Signs.Command.Length > 0 && answers.TrueForAll(answer => answer.Command != platform.Signs.Command))
            .Select(platform => (platform.Signs.Command, Guess(platform)?.Score ?? 0))
            .GroupBy(probe => probe.Command, (command, probes) => (Command: command, Best: probes.Max(probe => probe.Item2), Count: probes.Count()))
            .Where(probe => possible.TrueForAll(platform => platform.ToleratesProbe(probe.Command)))
            .OrderByDescending(probe => probe.Best).ThenByDescending(probe => probe.Count).ThenBy(probe => probe.Command, StringComparer.Ordinal)
            .Select(probe => probe.Command)
            .FirstOrDefault();
    }

    /// <summary>Whether some platform's answer has been recognised.</summary>
    public bool IsNamed => platforms.Exists(platform => HasNamed(platform) is not null);

    public IReadOnlyList<PlatformGuess> Guesses() =>
        [.. platforms.Select(Guess).OfType<PlatformGuess>().OrderByDescending(guess => guess.Score).ThenBy(guess => guess.Platform, StringComparer.Ordinal).Take(8)];

    public static Sureness Judge(IReadOnlyList<PlatformGuess> guesses)
    {
        if (guesses.Count == 0)
            return Sureness.Unknown;
        var lead = guesses[0].Score - (guesses.Count > 1 ? guesses[1].Score : 0);
        if (guesses[0].Score >= Named && lead >= Lead)
            return Sureness.Certain;
        return lead >= Lead || (guesses[0].Score >= Named && lead > 0) ? Sureness.Likely : Sureness.Guess;
    }

    private PlatformGuess? Guess(Platform platform)
    {
        var score = 0;
        var why = new List<string>();
        var signs = platform.Signs;
        if (Identification is { } ident && signs.Identification?.IsMatch(ident) == true)
            Count(Sign, $"its SSH server calls itself {Quoted.Text(ident)}");
        if (LoginText.Length > 0 && signs.Login?.Match(LoginText) is { Success: true } greeting)
            Count(Sign, $"it greets with {Quoted.Text(greeting.Value)}");
        if (ShowsThisPrompt(platform))
            Count(OwnPrompt, $"its prompt is {Quoted.Text(Prompt)}");
        if (Prompt.Length > 0 && signs.Prompt?.IsMatch(Prompt) == true)
            Count(Sign, "its prompt is of no other platform");
        if (HasNamed(platform) is { } named)
            Count(Named, $"to '{signs.Command}' it answers {Quoted.Text(named)}");
        if (why.Count == 0)
            return null;
        if (HasNamed(platform) is null && answers.Exists(answer => answer.Command == signs.Command))
            score += DidNotName;
        return new PlatformGuess(platform.Id, score + (platform.Protocol == way ? UsualWay : 0), why);

        void Count(int weight, string clue)
        {
            score += weight;
            why.Add(clue);
        }
    }

    private string? HasNamed(Platform platform)
    {
        foreach (var (command, output) in answers)
        {
            if (command == platform.Signs.Command && platform.Signs.Answer?.Match(output) is { Success: true } named)
                return named.Value.Trim();
        }

        return null;
    }

    private bool ShowsThisPrompt(Platform platform) => Prompt.Length > 0 && platform.Modes.Any(mode => mode.Prompt.IsMatch(Prompt));
}
