namespace Trigger.Devices.Inventory.Loaders;

/// <summary>
/// RANCID's <c>router.db</c>: <c>name:type:state[:deviceType]</c>, with semicolons since RANCID 3. A directory is one RANCID instance when it has
/// that file, and several when directories in it have one.
/// </summary>
public sealed class RancidLoader : IInventoryLoader
{
    private const string Database = "router.db";

    public string Name => "RANCID";

    public LoaderAnswer Load(InventorySource source)
    {
        if (!source.IsDirectory)
        {
            return Path.GetFileName(source.Name) == Database || LooksLikeRancid(source)
                ? Read([source])
                : new LoaderAnswer.Refused("its lines are not of the form name:type:state or name;type;state");
        }

        var own = Path.Combine(source.Path!, Database);
        var databases = File.Exists(own) ? [own] : Instances(source.Path!);
        return databases.Count > 0
            ? Read(databases.Select(InventorySource.OfPath))
            : new LoaderAnswer.Refused($"there is no {Database} in it, nor in a directory of it");
    }

    private static List<string> Instances(string root) =>
        [.. Directory.EnumerateDirectories(root)
            .Where(directory => Path.GetFileName(directory) is not "CVS" and not ".git" and not ".svn")
            .Select(directory => Path.Combine(directory, Database))
            .Where(File.Exists)
            .Order(StringComparer.Ordinal)];

    private static LoaderAnswer.Rows Read(IEnumerable<InventorySource> databases)
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
                    Add(text, $"{database.Name}:{number}", rows, mistakes);
            }
        }

        return new LoaderAnswer.Rows(rows, mistakes);
    }

    private static void Add(string line, string where, List<InventoryRow> rows, List<string> mistakes)
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
