using System.Text.RegularExpressions;

namespace Trigger.Parsing.TextFsm;

/// <summary>One text going through a template's states.</summary>
internal sealed class TemplateRun
{
    private readonly Template template;
    private readonly RowSlot[] row;
    private readonly List<Cell[]> rows = [];
    private IReadOnlyList<TemplateRule> state;
    private string stateName = "Start";

    public TemplateRun(Template template)
    {
        this.template = template;
        row = [.. template.Values.Select((value, column) => new RowSlot(value, column))];
        state = template.States[stateName];
    }

    public ParsedTable Parse(string text)
    {
        if (text.Length > Template.MostText)
            throw new ParseException(template.Path, 0, 0, $"A text of {text.Length} characters; at most {Template.MostText} are parsed.");
        var number = 0;
        foreach (var line in TextLines.Of(text))
        {
            Take(line, ++number);
            if (stateName is "End" or "EOF")
                break;
        }

        // The end of the text records what is under way, unless the template has an EOF state of its own or left by End.
        if (stateName != "End" && !template.States.ContainsKey("EOF"))
            Record();
        return new ParsedTable(template.Header, rows);
    }

    private void Take(string line, int number)
    {
        foreach (var rule in state)
        {
            if (Match(rule, line, number) is not { Success: true } match)
                continue;
            foreach (var (group, column) in rule.Columns)
                row[column].Assign(match.Groups[group] is { Success: true } found ? found.Value : null, rows);
            Act(rule.RecordAction);
            if (rule.LineAction == LineAction.Error)
                throw Refused(rule, line, number);
            if (rule.LineAction == LineAction.Continue)
                continue;
            GoTo(rule.Goto);
            return;
        }
    }

    private Match Match(TemplateRule rule, string line, int number)
    {
        try
        {
            return rule.Matcher.Match(line);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new ParseException(template.Path, rule.Line, number, $"{template.Path}:{rule.Line}: this rule took too long over line {number} of the text; repeats inside repeats do that.");
        }
    }

    private void Act(RecordAction action)
    {
        switch (action)
        {
            case RecordAction.Record:
                Record();
                break;
            case RecordAction.Clear:
                Clear();
                break;
            case RecordAction.Clearall:
                foreach (var slot in row)
                    slot.ClearAll();
                break;
        }
    }

    private void GoTo(string? next)
    {
        if (next is null)
            return;
        stateName = next;
        if (next is not ("End" or "EOF"))
            state = template.States[next];
    }

    private void Record()
    {
        foreach (var slot in row)
        {
            if (slot.Save())
                continue;
            Clear();
            return;
        }

        // A row of nothing is not recorded, and what a list carries on is not cleared either: so it is in the original.
        var taken = Array.ConvertAll(row, slot => slot.Taken);
        if (taken.All(cell => cell is null or Cell.Many { Items: [] }))
            return;
        rows.Add(Array.ConvertAll(taken, cell => cell ?? Cell.Empty));
        Clear();
    }

    private void Clear()
    {
        foreach (var slot in row)
            slot.Clear();
    }

    private ParseException Refused(TemplateRule rule, string line, int number)
    {
        var told = rule.Goto is { } message ? $"{message.Trim('"')}: " : "";
        return new ParseException(template.Path, rule.Line, number, $"{template.Path}:{rule.Line}: {told}line {number} of the text is what this template calls an error: '{(line.Length > 200 ? line[..200] + "…" : line)}'");
    }
}
