namespace Trigger.Devices.Acls;

/// <summary>Associations as text: Trigger's backup <c>host,acl:acl</c>, and its older form with a field in front that nobody uses.</summary>
public static class AclCsv
{
    private const int LongestName = 256;

    /// <summary>Reads them; a line that begins with <c>!</c> or <c>#</c> is a comment.</summary>
    /// <param name="mistakes">Takes what is wrong, each as <c>place:line: …</c>.</param>
    public static IReadOnlyList<(int Line, string Device, IReadOnlyList<string> Acls)> Read(TextReader from, string place, List<string> mistakes)
    {
        var found = new List<(int, string, IReadOnlyList<string>)>();
        var number = 0;
        while (from.ReadLine() is { } line)
        {
            number++;
            var text = line.Trim().TrimStart('\uFEFF');
            if (text.Length == 0 || text[0] is '!' or '#')
                continue;

            var fields = text.Split(',').Select(field => field.Trim().Trim('"')).ToArray();
            if (fields.Length is not (2 or 3) || fields[^2].Length == 0)
            {
                mistakes.Add($"{place}:{number}: expected device,acl:acl, or three fields of which the first is not used.");
                continue;
            }

            var acls = fields[^1].Split(':', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (acls.FirstOrDefault(acl => WhyNoName(acl) is not null) is { } bad)
                mistakes.Add($"{place}:{number}: {WhyNoName(bad)}");
            else
                found.Add((number, fields[^2].ToLowerInvariant(), acls));
        }

        return found;
    }

    public static string Line(string device, IEnumerable<string> acls) => $"{device},{string.Join(':', acls)}";

    /// <summary>Why this can be no ACL's name, as a sentence; null when it can.</summary>
    public static string? WhyNoName(string acl) =>
        acl.Length is 0 or > LongestName ? $"The name of an ACL has 1 to {LongestName} characters."
        : acl.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is ',' or ':' or '"') ? $"'{acl}' is no name of an ACL: it must be without blanks, commas, colons and quotes."
        : null;
}
