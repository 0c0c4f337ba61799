namespace Trigger.Devices.Inventory.Loaders;

/// <summary>
/// RANCID's <c>router.db</c>: <c>name:type:state[:deviceType]</c>, with semicolons since RANCID 3. A directory is one RANCID instance when it has
/// that file, and several when directories in it have one.
/// </summary>
public sealed class RancidLoader : IInventoryLoader
{
    private const string Database = "router.db";
    private const int Deepest = 8;

    public string Name => "RANCID";

    public LoaderAnswer Load(InventorySource source)
    {
        if (!source.IsDirectory)
        {
            if (source.WhyNotText is { } why)
                return new LoaderAnswer.Refused(why);
            return Path.GetFileName(source.Name) == Database || LooksLikeRancid(source)
                ? Read([source])
                : new LoaderAnswer.Refused("its lines are not of the form name:type:state or name;type;state");
        }

        var own = Path.Combine(source.Path!, Database);
        var databases = File.Exists(own) ? [own] : Instances(source.Path!);
        return databases.Count > 0
            ? Read([.. databases.Select(InventorySource.OfPath)], grouped: databases[0] != own)
            : new LoaderAnswer.Refused($"there is no {Database} in it, nor in a directory below it");
    }

    // However deep they lie, as Trigger walks them. A link may lead back to where one came from, so none is followed.
    private static List<string> Instances(string root) =>
        [.. Directory.EnumerateFiles(root, Database, new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = Deepest, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true })
            .Where(file => !Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "CVS" || part[0] == '.'))
            .Order(StringComparer.Ordinal)];

    private static LoaderAnswer.Rows Read(IReadOnlyList<InventorySource> databases, bool grouped = false)
    {
        var rows = new List<InventoryRow>();
        var mistakes = new List<string>();
        foreach (var database in databases)
        {
            var number = 0;
            foreach (var line in database.Text.Split('\n'))
            {
                number++;
                if (Meaningful(line) is { } text)
                    Add(text, $"{database.Name}:{number}", grouped ? Path.GetFileName(Path.GetDirectoryName(database.Path!)) : null, rows, mistakes);
            }
        }

        return new LoaderAnswer.Rows(rows, mistakes);
    }

    private static void Add(string line, string where, string? group, List<InventoryRow> rows, List<string> mistakes)
    {
        var cells = Cells(line);
        if (cells.Length < 3)
        {
            mistakes.Add($"{where}: '{line}' is not of the form name;type;state.");
            return;
        }

        var fields = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["nodeName"] = Value(cells[0]),
            ["manufacturer"] = Value(cells[1]),
            ["deviceStatus"] = Value(cells[2]),
        };

        // Trigger keeps the type here; to RANCID itself the fourth column is a remark.
        if (cells.Length > 3 && Value(cells[3]) is { } fourth)
            fields[fourth.All(letter => char.IsAsciiLetter(letter) || letter is '_' or ' ') && fourth.Split(' ').Length == 1 ? "deviceType" : "comment"] = fourth;

        // One of several instances is what RANCID calls a group.
        if (group is not null)
            fields["groups"] = group;
        rows.Add(new InventoryRow(fields, where));
    }

    private static bool LooksLikeRancid(InventorySource source)
    {
        var some = source.Text.Split('\n').Select(Meaningful).OfType<string>().Take(20).ToList();
        return some.Count > 0 && some.TrueForAll(line => Cells(line) is { Length: >= 3 } cells && cells.Take(3).All(IsWord) && cells[2].Trim() is "up" or "down");
    }

    private static bool IsWord(string cell) => cell.Length > 0 && !cell.AsSpan().ContainsAny(',', '=', '"') && !cell.Trim().Contains(' ', StringComparison.Ordinal);

    private static string[] Cells(string line) => line.Split(line.Contains(';', StringComparison.Ordinal) ? ';' : ':');

    private static string? Meaningful(string line) => line.Trim() is { Length: > 0 } text && text[0] != '#' ? text : null;

    private static string? Value(string cell) => cell.Trim() is { Length: > 0 } text ? text : null;
}
