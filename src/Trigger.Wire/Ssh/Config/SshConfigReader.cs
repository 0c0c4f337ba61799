using System.IO.Enumeration;

namespace Trigger.Wire.Ssh.Config;

/// <summary>Reads configuration files into lines with their conditions. Every mistake is gathered, none ends the reading.</summary>
internal sealed class SshConfigReader(string home)
{
    private const int LongestFile = 1024 * 1024;
    private const int LongestLine = 8 * 1024;
    private const int Deepest = 16; // As OpenSSH's READCONF_MAX_DEPTH.
    private const int MostFiles = 256;
    private const int MostLines = 100_000;
    private const int MostMistakes = 100;

    private readonly List<SshConfigLine> lines = [];
    private readonly List<string> mistakes = [];
    private readonly List<string> notes = [];
    private readonly List<string> ignored = [];
    private int files;

    internal IReadOnlyList<SshConfigLine> Lines => lines;

    internal IReadOnlyList<string> Mistakes => mistakes;

    internal IReadOnlyList<string> Notes => notes;

    internal void ReadFile(string path) => ReadFile(path, path, [], 0);

    internal void ReadText(string text, string name) => ReadText(text, name, [], 0);

    private void ReadFile(string path, string where, IReadOnlyList<SshConfigCondition> outer, int depth)
    {
        try
        {
            if (++files > MostFiles)
                Mistake(where, $"more than {MostFiles} files are included.");
            else if (new FileInfo(path) is { Exists: true, Length: > LongestFile })
                Mistake(where, $"{path} is longer than {LongestFile} bytes.");
            else
                ReadText(File.ReadAllText(path), path, outer, depth);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Mistake(where, $"it cannot be read: {e.Message}");
        }
    }

    private void ReadText(string text, string name, IReadOnlyList<SshConfigCondition> outer, int depth)
    {
        var conditions = outer;
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.Length > LongestLine)
                Mistake($"{name}:{number}", $"the line is longer than {LongestLine} characters.");
            else if (SshConfigWords.Keyword(line.TrimEnd('\r')) is { } said)
                conditions = Read(said.Keyword, said.Value, $"{name}:{number}", outer, conditions, depth);
        }
    }

    private IReadOnlyList<SshConfigCondition> Read(
        string keyword, string rest, string where, IReadOnlyList<SshConfigCondition> outer, IReadOnlyList<SshConfigCondition> conditions, int depth)
    {
        if (SshConfigWords.Split(rest) is not { } words)
        {
            Mistake(where, "a quotation is not closed.");
            return conditions;
        }

        if (words.Count == 0)
        {
            Mistake(where, $"{keyword} has no value.");
            return conditions;
        }

        switch (keyword)
        {
            case "host":
                return [.. outer, new SshConfigCondition(words, OfHostName: false)];
            case "match":
                return [.. outer, .. Match(words, where)];
            case "include":
                Include(words, where, conditions, depth);
                break;
            case "ignoreunknown":
                ignored.AddRange(words[0].ToLowerInvariant().Split(','));
                break;
            default:
                Setting(keyword, words, rest, where, conditions);
                break;
        }

        return conditions;
    }

    private void Setting(string keyword, List<string> words, string rest, string where, IReadOnlyList<SshConfigCondition> conditions)
    {
        if (!SshConfigKeywords.IsUsed(keyword))
        {
            if (!SshConfigKeywords.IsOpenSshs(keyword) && !ignored.Exists(pattern => HostNames.Match(pattern, keyword)))
                notes.Add($"{where}: {FarText.Show(keyword)} is no keyword of ssh_config, and was passed over.");
        }
        else if (SshConfigKeywords.Mistake(keyword, words) is { } mistake)
        {
            Mistake(where, mistake);
        }
        else if (lines.Count >= MostLines)
        {
            Mistake(where, $"there are more than {MostLines} lines.");
        }
        else
        {
            lines.Add(new SshConfigLine(keyword, words, rest.Trim(), conditions));
        }
    }

    private IEnumerable<SshConfigCondition> Match(List<string> words, string where)
    {
        if (words is [var only] && only.Equals("all", StringComparison.OrdinalIgnoreCase))
            yield break;

        for (var at = 0; at < words.Count; at += 2)
        {
            var criterion = words[at].ToLowerInvariant();
            if (criterion is "host" or "originalhost" && at + 1 < words.Count)
            {
                yield return new SshConfigCondition(words[at + 1].Split(','), OfHostName: criterion == "host");
                continue;
            }

            Mistake(where, $"'Match {FarText.Show(words[at])}' is not supported; all, host and originalhost are. Use a Host line, or leave the block out of this file.");
            yield return new SshConfigCondition([], OfHostName: false);
            yield break;
        }
    }

    private void Include(List<string> words, string where, IReadOnlyList<SshConfigCondition> conditions, int depth)
    {
        if (depth >= Deepest)
        {
            Mistake(where, $"files are included more than {Deepest} deep.");
            return;
        }

        foreach (var word in words)
        {
            var path = word.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, word[2..]) : Path.Combine(home, ".ssh", word);

            // A name that stands for no file includes nothing, as in OpenSSH.
            foreach (var file in Found(path))
                ReadFile(file, where, conditions, depth + 1);
        }
    }

    private static IEnumerable<string> Found(string path)
    {
        if (path.AsSpan().IndexOfAny('*', '?') < 0)
            return File.Exists(path) ? [path] : [];

        var directory = Path.GetDirectoryName(path)!;
        var pattern = Path.GetFileName(path);
        return Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory).Where(file => FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(file))).Order(StringComparer.Ordinal)
            : [];
    }

    private void Mistake(string where, string sentence)
    {
        if (mistakes.Count < MostMistakes)
            mistakes.Add($"{where}: {sentence}");
    }
}
