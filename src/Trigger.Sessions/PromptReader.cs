using System.Text.RegularExpressions;
using Trigger.Devices.Platforms;

namespace Trigger.Sessions;

/// <summary>
/// Bytes × <see cref="Platform"/> → what the device waits for, and its answers.
/// <para>
/// A prompt is looked for only in the last line, and only at the end of what arrived. Output may hold a line that looks like the prompt, and the stream may be cut right
/// after it, so a prompt is never proof by itself: the proof is the echo of the next line directly behind it. <see cref="Typed"/> therefore keeps the
/// prompt's line, and <see cref="Answer"/> cuts where prompt and echo stand together.
/// </para>
/// </summary>
internal sealed class PromptReader(Platform platform)
{
    // The longest line that can be a prompt. Nokia's and F5's stay below 150.
    private const int LongestPrompt = 512;

    // IOS cuts the host name to twenty characters in configuration modes.
    private const int CutHost = 20;

    private readonly Screen screen = new();
    private string host = "";
    private string promptText = "";
    private string typed = "";
    private string typedAtPrompt = "";
    private int searched;
    private int echoEnd = -1;
    private int echoLine = -1;

    public int Length => screen.Length;

    /// <summary>The prompt as last believed, for people.</summary>
    public string Prompt => promptText.TrimEnd();

    /// <summary>The line that has no end yet.</summary>
    public ReadOnlySpan<char> LastLine => screen.LastLine;

    /// <summary>Whether anything has been shown since the last line was typed that a prompt could end.</summary>
    public bool MovedOn => screen.LineStart > 0;

    public void Read(ReadOnlySpan<byte> bytes) => screen.Show(bytes);

    /// <summary>The end of what is on screen, for a fault's text.</summary>
    public string Tail(int longest = 200)
    {
        var text = screen.Text;
        return new string(text[Math.Max(0, text.Length - longest)..]);
    }

    /// <summary>What the last line is, as far as it has arrived.</summary>
    /// <param name="expected">Questions that the caller expects; they count before the platform's, but never before our own prompt.</param>
    public Sighting Look(IReadOnlyList<Question>? expected = null)
    {
        var line = screen.LastLine;
        if (line.IsEmpty || line.Length > LongestPrompt || line.IsWhiteSpace())
            return Sighting.Nothing;

        var text = new string(line);
        for (var depth = 0; depth < platform.Modes.Count; depth++)
        {
            var match = platform.Modes[depth].Prompt.Match(text);
            if (match.Success && (expected is not { Count: > 0 } || IsOurs(text, match) || Asked(expected, text) is null))
                return new Sighting.Prompt(depth, text, match.Groups["host"].Value, StatusIn(match), IsOurs(text, match));
        }

        if (expected is { Count: > 0 } && Asked(expected, text) is { } own)
            return own;

        // No pager's question is also a prompt, and prompts are what mostly arrives.
        if (platform.Pager?.IsMatch(text) == true)
            return Sighting.Pager;

        return Asked(platform.Confirmations, text) ?? Sighting.Nothing;
    }

    private static Sighting.Asks? Asked(IReadOnlyList<Question> questions, string text)
    {
        // By number: this runs for every piece that arrives.
        for (var i = 0; i < questions.Count; i++)
        {
            if (questions[i].Asked.IsMatch(text))
                return new Sighting.Asks(questions[i]);
        }

        return null;
    }

    /// <summary>Whether the end of what arrived is what this login pattern means. Only the last line is looked at.</summary>
    public bool EndsWith(Regex pattern)
    {
        var line = screen.LastLine;
        return !line.IsWhiteSpace() && pattern.IsMatch(line.Length > LongestPrompt ? line[^LongestPrompt..] : line);
    }

    /// <summary>The first whole or last line since <see cref="Typed"/> that matches, or null.</summary>
    public string? LineSinceTyped(Regex pattern)
    {
        foreach (var line in screen.Text.EnumerateLines())
        {
            if (!line.IsEmpty && pattern.IsMatch(line))
                return new string(line).Trim();
        }

        return null;
    }

    /// <summary>From now on this is what our prompts look like.</summary>
    public void Believe(Sighting.Prompt prompt)
    {
        host = prompt.Host;
        promptText = prompt.Text;
    }

    /// <summary>The pager's question was answered; it is not part of the output.</summary>
    public void WipeLastLine() => screen.WipeLastLine();

    /// <summary>A line is being typed at what we take for the prompt. What was on screen before its line is dropped.</summary>
    public void Typed(string line)
    {
        screen.Forget(screen.LineStart);
        typed = line;
        typedAtPrompt = new string(screen.LastLine.TrimEnd());
        searched = 0;
        echoLine = -1;
        echoEnd = -1;
    }

    /// <summary>What the screen shows since <see cref="Typed"/>, up to the last line, cut at the echo of what was typed.</summary>
    public Reply Answer()
    {
        FindEcho();
        var shown = screen.Text[..screen.LineStart];
        if (echoEnd >= 0)
            return new Reply(Echoed: true, new string(shown[..echoLine]), new string(shown[echoEnd..]));

        var body = shown.StartsWith(typedAtPrompt) ? shown[typedAtPrompt.Length..].TrimStart(' ') : shown;
        return new Reply(Echoed: false, Before: "", new string(body.StartsWith('\n') ? body[1..] : body));
    }

    // Looks at every line once: a search that found nothing resumes where it stopped.
    private void FindEcho()
    {
        var shown = screen.Text[..screen.LineStart];
        while (echoEnd < 0 && searched < shown.Length)
        {
            var length = EchoLength(shown[searched..], first: searched == 0);
            if (length == 0)
                length = EchoBehindAnyPrompt(shown[searched..]);
            if (length > 0)
            {
                echoLine = searched;
                echoEnd = searched + length;
                return;
            }

            searched += shown[searched..].IndexOf('\n') + 1;
        }
    }

    /// <summary>
    /// The length of prompt, echo and line end at the start of <paramref name="shown"/>, or 0. Devices squeeze blanks and wrap long lines while they redraw, so only the
    /// other characters count. Further down, where output may well repeat the command, it takes the prompt to make an echo.
    /// </summary>
    private int EchoLength(ReadOnlySpan<char> shown, bool first)
    {
        var at = 0;
        if (typedAtPrompt.Length > 0 && shown.StartsWith(typedAtPrompt))
            at = typedAtPrompt.Length;
        else if (!first && typedAtPrompt.Length > 0)
            return 0;

        foreach (var wanted in typed)
        {
            if (wanted == ' ')
                continue;

            while (at < shown.Length && shown[at] is ' ' or '\n')
                at++;
            if (at == shown.Length || shown[at++] != wanted)
                return 0;
        }

        while (at < shown.Length && shown[at] == ' ')
            at++;
        return at < shown.Length && shown[at] == '\n' ? at + 1 : 0;
    }

    // A line of output may have been taken for our prompt ("bob@core> " where ours is "amy@core> "); the echo then stands behind the real one.
    private int EchoBehindAnyPrompt(ReadOnlySpan<char> shown)
    {
        var end = shown.IndexOf('\n');
        var line = end < 0 ? [] : shown[..end].TrimEnd();
        if (typed.Length == 0 || line.Length <= typed.Length || line.Length > LongestPrompt || !line.EndsWith(typed, StringComparison.Ordinal))
            return 0;

        var prompt = new string(line[..^typed.Length]);
        foreach (var mode in platform.Modes)
        {
            if (mode.Prompt.Match(prompt) is { Success: true } match && IsOurs(prompt, match))
                return end + 1;
        }

        return 0;
    }

    private static string? StatusIn(Match match) => match.Groups["status"] is { Success: true } status ? status.Value : null;

    private bool IsOurs(string text, Match match)
    {
        var now = match.Groups["host"].Value;
        return promptText.Length > 0
            && (host.Length == 0 ? text.TrimEnd() == promptText.TrimEnd() : now == host || (now.Length >= CutHost && host.StartsWith(now, StringComparison.Ordinal)));
    }
}
