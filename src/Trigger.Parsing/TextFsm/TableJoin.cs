namespace Trigger.Parsing.TextFsm;

/// <summary>What CliTable does with the tables of its templates.</summary>
internal static class TableJoin
{
    /// <summary>As its tables print cells: a match of a list that had nothing says <c>None</c>, and the expected tables of ntc-templates say so, too.</summary>
    public static ParsedTable Printed(ParsedTable table) => table with { Rows = [.. table.Rows.Select(row => (IReadOnlyList<Cell>)[.. row.Select(Printed)])] };

    /// <summary>The first table with the columns that only the second has: of the first of its rows with the same keys, or of the row in the same place when there are no keys.</summary>
    public static ParsedTable Extend(ParsedTable table, ParsedTable by, IReadOnlyList<string> keys)
    {
        var added = Enumerable.Range(0, by.Header.Count).Where(i => !table.Header.Contains(by.Header[i])).ToArray();
        if (added.Length == 0)
            return table;

        var byKey = new Dictionary<string, IReadOnlyList<Cell>>(StringComparer.Ordinal);
        for (var i = 0; i < by.Rows.Count; i++)
            byKey.TryAdd(Key(by, i, keys), by.Rows[i]);
        var rows = table.Rows.Select((row, i) => byKey.TryGetValue(Key(table, i, keys), out var other)
            ? (IReadOnlyList<Cell>)[.. row, .. added.Select(column => other[column])]
            : [.. row, .. added.Select(_ => Cell.Empty)]);
        return new ParsedTable([.. table.Header, .. added.Select(column => by.Header[column])], [.. rows]);
    }

    private static string Key(ParsedTable table, int row, IReadOnlyList<string> keys) =>
        keys.Count == 0 ? $"{row}" : string.Join('\u001f', keys.Select(key => table.Header.ToList().IndexOf(key) is >= 0 and var column ? Text(table.Rows[row][column]) : ""));

    private static string Text(Cell cell) => cell switch
    {
        Cell.Text text => text.Value,
        Cell.Many many => string.Join('\u001e', many.Items.Select(item => item is null ? "" : Text(item))),
        Cell.Parts parts => string.Join('\u001d', parts.Fields.Select(field => $"{field.Key}={field.Value}")),
        _ => "",
    };

    private static Cell Printed(Cell cell) => cell is Cell.Many many ? new Cell.Many([.. many.Items.Select(item => item ?? new Cell.Text("None"))]) : cell;
}
