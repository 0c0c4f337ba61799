using System.Text.RegularExpressions;
using Trigger.Devices.Platforms;

namespace Trigger.Devices.Inventory;

/// <summary>
/// Which devices somebody means. Terms are separated by blanks or commas: names and globs (<c>core*</c>, <c>10.0.0.?</c>), of which a device must match one;
/// <c>field=value</c>, <c>field!=value</c> (the value may be a glob) and <c>field~regex</c>, of which it must match all; <c>not</c> before a term turns it round;
/// <c>all</c> is every device. Quotes hold blanks and commas together. Case is ignored. Devices out of production take part only when a term asks for adminStatus.
/// </summary>
public static class Selection
{
    /// <summary>Devices in the inventory's order. When there are mistakes no device is chosen: half of what was meant is not what was meant.</summary>
    public static SelectionResult Choose(string text, NetDevices inventory)
    {
        var mistakes = new List<string>();
        var terms = Terms(text, inventory, mistakes);
        if (terms.Count == 0 && mistakes.Count == 0)
            mistakes.Add("Nothing is selected. Write names, field=value, or all.");
        if (mistakes.Count > 0)
            return new SelectionResult([], mistakes);

        var pool = terms.Exists(term => term.AsksForStatus) ? inventory.All : inventory.Production;
        foreach (var term in terms.Where(term => term.IsName && !pool.Any(term.Holds)))
            mistakes.Add($"{term.Place}: {Missing(term, inventory)}");
        var names = terms.FindAll(term => term is { IsName: true, Negated: false });
        var others = terms.FindAll(term => term is not { IsName: true, Negated: false });
        return mistakes.Count > 0
            ? new SelectionResult([], mistakes)
            : new SelectionResult(
                [.. pool.Where(device => (names.Count == 0 || names.Exists(term => term.Holds(device))) && others.TrueForAll(term => term.Holds(device) != term.Negated))],
                []);
    }

    private static List<SelectionTerm> Terms(string text, NetDevices inventory, List<string> mistakes)
    {
        var terms = new List<SelectionTerm>();
        var negated = false;
        SelectionWord? dangling = null;
        foreach (var word in SelectionWord.Split(text, mistakes))
        {
            if (word.IsPlain("not"))
            {
                negated = !negated;
                dangling = word;
                continue;
            }

            if (Term(word, negated, inventory, mistakes) is { } term)
                terms.Add(term);
            negated = false;
            dangling = null;
        }

        if (dangling is not null)
            mistakes.Add($"Column {dangling.Column}: 'not' wants a term after it.");
        return terms;
    }

    private static SelectionTerm? Term(SelectionWord word, bool negated, NetDevices inventory, List<string> mistakes)
    {
        if (word.IsPlain("all"))
            return new SelectionTerm(word, negated, IsName: false, AsksForStatus: false, static _ => true);
        if (word.Operator is not { } sign)
            return new SelectionTerm(word, negated, IsName: true, AsksForStatus: false, Name(word.Text, inventory));
        if (!InventoryFields.BuiltIn.Concat(inventory.FieldNames).Contains(word.Field, StringComparer.OrdinalIgnoreCase))
        {
            var hint = Nearest.Hint(word.Field, InventoryFields.BuiltIn.Concat(inventory.FieldNames).Distinct(StringComparer.OrdinalIgnoreCase));
            mistakes.Add($"Column {word.Column}: no device has a field '{word.Field}'{hint}");
            return null;
        }

        var asksForStatus = word.Field.Equals("adminStatus", StringComparison.OrdinalIgnoreCase);
        if (sign == "~")
            return Expression(word, mistakes) is { } expression ? new SelectionTerm(word, negated, IsName: false, asksForStatus, expression) : null;
        return new SelectionTerm(word, negated != (sign == "!="), IsName: false, asksForStatus, Field(word.Field, word.Value));
    }

    private static Func<NetDevice, bool> Name(string name, NetDevices inventory)
    {
        if (Glob(name) is { } glob)
            return device => glob.IsMatch(device.Name) || glob.IsMatch(device.Host);
        return inventory.Find(name) is { } found ? device => ReferenceEquals(device, found) : static _ => false;
    }

    private static Func<NetDevice, bool> Field(string field, string value)
    {
        if (Glob(value) is { } glob)
            return device => glob.IsMatch(NetDevices.ValueOf(device, field) ?? "");
        return device => string.Equals(NetDevices.ValueOf(device, field) ?? "", value, StringComparison.OrdinalIgnoreCase);
    }

    private static Func<NetDevice, bool>? Expression(SelectionWord word, List<string> mistakes)
    {
        try
        {
            var regex = new Patterns(Proven: false).Build(word.Value, RegexOptions.IgnoreCase);
            return device => regex.IsMatch(NetDevices.ValueOf(device, word.Field) ?? "");
        }
        catch (ArgumentException bad)
        {
            mistakes.Add($"Column {word.Column}: '{word.Value}' is not a regular expression: {bad.Message}");
            return null;
        }
    }

    private static Regex? Glob(string text)
    {
        if (text.AsSpan().IndexOfAny('*', '?') < 0)
            return null;
        var pattern = Regex.Escape(text).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal);
        return new Patterns(Proven: false).Build($"\\A{pattern}\\z", RegexOptions.IgnoreCase | RegexOptions.Singleline);
    }

    private static string Missing(SelectionTerm term, NetDevices inventory)
    {
        var name = term.Word.Text;
        if (inventory.All.FirstOrDefault(term.Holds) is { } resting)
            return $"'{name}' is not in production ({resting.AdminStatus}). Add adminStatus=* to work on it all the same.";
        return $"no device matches '{name}'{Nearest.Hint(name, inventory.All.Select(device => device.Name))}";
    }
}
