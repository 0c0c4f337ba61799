namespace Trigger.Parsing;

/// <summary>What stands in one column of one row.</summary>
public abstract record Cell
{
    public static readonly Cell Empty = new Text("");

    /// <summary>A text; empty where nothing matched.</summary>
    public sealed record Text(string Value) : Cell;

    /// <summary>All matches of a list; null where a match had nothing.</summary>
    public sealed record Many(IReadOnlyList<Cell?> Items) : Cell;

    /// <summary>One match of a list whose pattern names its parts.</summary>
    public sealed record Parts(IReadOnlyList<KeyValuePair<string, string?>> Fields) : Cell;

    private Cell() { }

    internal bool IsBlank => this is Text { Value: "" } or Many { Items: [] };
}
