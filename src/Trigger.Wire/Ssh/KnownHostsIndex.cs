namespace Trigger.Wire.Ssh;

/// <summary>
/// The lines of known_hosts files, found by name. Plain names are in a dictionary. Patterns are few and tried in turn. Hashed names can only be tried
/// one by one, each for the price of an HMAC, so the answer for a name is kept.
/// </summary>
internal sealed class KnownHostsIndex
{
    // OpenSSH reads lines of any length; a key of 16 kB and a thousand names fit in this.
    private const int LongestLine = 64 * 1024;

    private readonly Dictionary<string, List<Line>> exact = [];
    private readonly List<Line> patterns = [];
    private readonly List<Line> hashed = [];
    private readonly Dictionary<string, Line[]> answers = [];
    private readonly List<string> mistakes = [];

    internal enum Marker
    {
        None,
        Revoked,
    }

    internal IReadOnlyList<string> Mistakes => mistakes;

    /// <summary>Each line once.</summary>
    internal IEnumerable<Line> Lines => exact.Values.SelectMany(lines => lines).Concat(patterns).Concat(hashed).Distinct();

    /// <summary>Reads a file; one that does not exist holds nothing, and one that cannot be read is a mistake.</summary>
    internal void Read(string path)
    {
        try
        {
            var number = 0;
            foreach (var line in File.ReadLines(path))
                Add(line, $"{path}:{++number}");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"{path} cannot be read: {e.Message}");
        }
    }

    internal void Add(string text, string where)
    {
        if (text.Length > LongestLine)
        {
            mistakes.Add($"{where}: the line has {text.Length} characters; {LongestLine} are the most a record can need.");
            return;
        }

        var fields = text.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length == 0 || fields[0][0] == '#')
            return;

        var marker = fields[0][0] == '@' ? fields[0] : null;
        if (marker == "@cert-authority")
            return; // libssh verifies no host certificates, so an authority vouches for nobody here.

        if (marker is not (null or "@revoked"))
        {
            mistakes.Add($"{where}: the marker {marker} is not known.");
            return;
        }

        var rest = marker is null ? fields : fields[1..];
        if (rest.Length < 3)
            mistakes.Add($"{where}: a record needs names, a key type and a key.");
        else if (HostNames.Parse(rest[0]) is not { } names)
            mistakes.Add($"{where}: the host names cannot be read.");
        else if (HostKey.Parse(rest[2]) is not { } key || key.Type != rest[1])
            mistakes.Add($"{where}: the text after {rest[1]} is not a key of that type.");
        else
            Add(new Line(names, key, marker is null ? Marker.None : Marker.Revoked, where));
    }

    internal IReadOnlyList<Line> Find(string name)
    {
        if (answers.TryGetValue(name, out var answer))
            return answer;

        answer =
        [
            .. exact.GetValueOrDefault(name) ?? [],
            .. patterns.Where(line => line.Names.Match(name)),
            .. hashed.Where(line => line.Names.Match(name)),
        ];
        answers[name] = answer;
        return answer;
    }

    private void Add(Line line)
    {
        answers.Clear();
        if (line.Names.IsHashed)
        {
            hashed.Add(line);
        }
        else if (line.Names.Exact is { } names)
        {
            foreach (var name in names)
            {
                if (!exact.TryGetValue(name, out var lines))
                    exact[name] = lines = [];

                lines.Add(line);
            }
        }
        else
        {
            patterns.Add(line);
        }
    }

    internal sealed record Line(HostNames Names, HostKey Key, Marker Marker, string Where);
}
