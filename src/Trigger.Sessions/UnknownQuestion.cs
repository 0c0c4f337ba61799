using System.Text.RegularExpressions;

namespace Trigger.Sessions;

/// <summary>
/// A line in which a device seems to wait for a person, though neither the platform nor the caller knows the question: a choice in brackets, a question mark, a password. A bare colon is
/// none, because devices show progress behind one. Only together with silence is it believed.
/// </summary>
public static partial class UnknownQuestion
{
    /// <summary>Text behind which a device is silent for so long is not the middle of an answer.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private const int Longest = 512;

    /// <param name="line">The last line, which has no end yet.</param>
    public static bool Is(ReadOnlySpan<char> line)
    {
        var text = line.TrimEnd();
        return text.Length is > 1 and <= Longest && text[^1] is '?' or ':' or ']' or ')' or '>' && Shape().IsMatch(text);
    }

    /// <summary>Whether what it asks for must be on no record.</summary>
    public static bool IsForSecret(string question) => question.Contains("passw", StringComparison.OrdinalIgnoreCase) || question.Contains("secret", StringComparison.OrdinalIgnoreCase)
        || question.Contains("passphrase", StringComparison.OrdinalIgnoreCase) || question.Contains("passcode", StringComparison.OrdinalIgnoreCase);

    // A word and a question mark, perhaps with what the device proposes in brackets behind it ("filename [startup-config]?"); a choice; [confirm]; a password.
    [GeneratedRegex(
        @"(?:[a-z\])] ?\?(?: ?[\[(][^\])]{0,60}[\])])? ?:?|[\[(<](?:y|n|yes|no)(?: ?[/|,] ?[a-z]{1,10}){1,5}[\])>] ?[?:]?|[\[(<]confirm[\])>] ?[?:]?|passw(?:or)?d[^:?]{0,40}:)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
