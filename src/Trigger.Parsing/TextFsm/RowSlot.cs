namespace Trigger.Parsing.TextFsm;

/// <summary>One column of the row under way. Each option acts in the order in which the template names them, which shows where two touch the same thing.</summary>
internal sealed class RowSlot(TemplateValue value, int column)
{
    private readonly bool filldown = value.Has(ValueOption.Filldown);
    private List<Cell?> collected = [];
    private string? kept;

    // What was matched; for a list, after Collect, all of it.
    private string? matched;
    private bool saved;

    public void Assign(string? text, List<Cell[]> rows)
    {
        matched = text;
        foreach (var option in value.Options)
        {
            switch (option)
            {
                case ValueOption.Filldown:
                    kept = text;
                    break;
                case ValueOption.Fillup when !string.IsNullOrEmpty(text):
                    FillUp(text, rows);
                    break;
                case ValueOption.List:
                    collected.Add(Item(text));
                    break;
            }
        }
    }

    /// <summary>False when the row is not to be recorded.</summary>
    public bool Save()
    {
        saved = false;
        foreach (var option in value.Options)
        {
            switch (option)
            {
                case ValueOption.List:
                    saved = true;
                    break;
                case ValueOption.Required when saved ? collected.Count == 0 : string.IsNullOrEmpty(matched):
                    return false;
            }
        }

        return true;
    }

    /// <summary>What the row gets; null for nothing at all.</summary>
    public Cell? Taken => saved ? new Cell.Many([.. collected]) : matched is null ? null : new Cell.Text(matched);

    public void Clear()
    {
        matched = filldown ? kept : null;
        if (!filldown)
            collected = [];
    }

    public void ClearAll()
    {
        matched = null;
        kept = null;
        collected = [];
    }

    private void FillUp(string text, List<Cell[]> rows)
    {
        for (var i = rows.Count - 1; i >= 0 && rows[i][column].IsBlank; i--)
            rows[i][column] = new Cell.Text(text);
    }

    private Cell? Item(string? text)
    {
        if (text is null)
            return null;
        if (value.Parts?.Match(text) is not { Success: true } parts)
            return new Cell.Text(text);
        return new Cell.Parts([.. value.PartNames.Select(name => KeyValuePair.Create(name, parts.Groups[name] is { Success: true } group ? group.Value : null))]);
    }
}
