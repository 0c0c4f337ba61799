using System.IO.Enumeration;
using System.Text;

namespace Trigger.Devices.Credentials;

/// <summary>
/// Reads RANCID's <c>.cloginrc</c>: <c>add user GLOB {name}</c> and <c>add password GLOB {password} {enable}</c>, of which for a device the first counts whose glob fits (clogin(1)). One entry
/// for each glob with a password, in the file's order.
/// </summary>
public static class CloginrcFile
{
    private const int MostWords = 16;

    /// <summary>Whether the text is of this kind.</summary>
    public static bool Fits(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('\n').Any(line => Words(line) is ["add", "password" or "user", _, ..]);
    }

    /// <param name="text">The file's text.</param>
    /// <param name="file">Its name, for messages.</param>
    public static (IReadOnlyList<StoredCredential> Entries, IReadOnlyList<string> Mistakes) Read(string text, string file)
    {
        ArgumentNullException.ThrowIfNull(text);
        var users = new List<(string Glob, string Name)>();
        var passwords = new List<(string Glob, string Password, string? Enable, int Line)>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            switch (Words(line))
            {
                case ["add", "user", var glob, var name, ..]:
                    users.Add((glob, name));
                    break;
                case ["add", "password", var glob, var password, .. var rest]:
                    passwords.Add((glob, password, rest is [var enable, ..] ? enable : null, number));
                    break;
            }
        }

        var entries = new List<StoredCredential>();
        var mistakes = new List<string>();
        foreach (var (glob, password, enable, line) in passwords)
        {
            // A glob that lies within another one is matched by it as if it were a name.
            var user = users.FirstOrDefault(user => user.Glob == glob || FileSystemName.MatchesSimpleExpression(user.Glob, glob)).Name;
            if (user is null)
                mistakes.Add($"{file}:{line}: there is no 'add user' for {glob}; clogin would use your own login name. Write one, and import again.");
            else if (password.Length == 0)
                mistakes.Add($"{file}:{line}: the password for {glob} is empty.");
            else if (!entries.Exists(entry => entry.On == Selected(glob)))
                entries.Add(new StoredCredential(Realm(glob, entries), Selected(glob), user, new Secret(password), string.IsNullOrEmpty(enable) ? null : new Secret(enable)));
        }

        return (entries, mistakes);
    }

    private static string Selected(string glob) => glob == "*" ? "all" : $"name={glob}";

    private static string Realm(string glob, List<StoredCredential> taken)
    {
        var word = new string([.. glob.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '-')]).Trim('-', '.');
        var realm = word.Length == 0 ? "rancid" : $"rancid-{word}";
        return taken.Exists(entry => entry.Realm == realm) ? $"{realm}-{taken.Count + 1}" : realm;
    }

    // The words of a Tcl list: plain, in braces, or in quotes; a backslash takes the next letter as it is. A # begins a remark only at the beginning of the line.
    private static List<string> Words(string line)
    {
        var words = new List<string>();
        var at = 0;
        while (words.Count < MostWords)
        {
            while (at < line.Length && char.IsWhiteSpace(line[at]))
                at++;
            if (at >= line.Length || (words.Count == 0 && line[at] == '#'))
                return words;
            words.Add(Word(line, ref at));
        }

        return words;
    }

    private static string Word(string line, ref int at)
    {
        var word = new StringBuilder();
        var (opens, closes) = line[at] switch { '{' => ('{', '}'), '"' => ('\0', '"'), _ => ('\0', '\0') };
        var depth = 0;
        if (closes != '\0')
            at++;
        for (; at < line.Length; at++)
        {
            if (line[at] == '\\' && at + 1 < line.Length)
            {
                word.Append(line[++at]);
                continue;
            }

            if (closes == '\0' ? char.IsWhiteSpace(line[at]) : line[at] == closes && depth == 0)
            {
                at++;
                break;
            }

            depth += line[at] == opens && opens != '\0' ? 1 : line[at] == closes && closes != '\0' ? -1 : 0;
            word.Append(line[at]);
        }

        return word.ToString();
    }
}
