using System.Text.RegularExpressions;
using Trigger.Devices.Platforms;

namespace Trigger.Devices.Inventory;

/// <summary>
/// Which devices somebody means. Terms are separated by blanks or commas: names and globs (<c>core*</c>, <c>10.0.0.?</c>), of which a device must match one;
/// <c>field=value</c>, <c>field!=value</c> (the value may be a glob) and <c>field~regex</c>, of which it must match all; <c>not</c> before a term turns it round;
/// <c>or</c> stands between alternatives, and parentheses hold together; <c>group=name</c>, or a group's bare name where no device has it, is every device of a group
/// (Ansible's, Nornir's, or one's own); <c>@file</c> is the names in a file, one a line; <c>all</c> is every device. Quotes hold blanks and commas together. Case is
/// ignored. Devices out of production take part only when a term asks for adminStatus.
/// </summary>
public sealed class Selection
{
    private readonly NetDevices inventory;
    private readonly SelectionContext context;
    private readonly List<string> mistakes = [];

    // Groups of one's own that are being looked up, so that a circle is seen.
    private readonly List<string> within = [];

    private Selection(NetDevices inventory, SelectionContext context)
    {
        this.inventory = inventory;
        this.context = context;
    }

    /// <summary>Devices in the inventory's order. When there are mistakes no device is chosen: half of what was meant is not what was meant.</summary>
    public static SelectionResult Choose(string text, NetDevices inventory, SelectionContext? context = null) => new Selection(inventory, context ?? new SelectionContext()).Choose(text);

    private SelectionResult Choose(string text)
    {
        var (node, terms) = Parse(text);
        if (node is null && mistakes.Count == 0)
            mistakes.Add("Nothing is selected. Write names, field=value, or all.");
        if (node is null || mistakes.Count > 0)
            return new SelectionResult([], mistakes);

        try
        {
            return Choose(node, terms);
        }
        catch (RegexMatchTimeoutException slow)
        {
            return new SelectionResult([], [.. mistakes, $"The pattern '{slow.Pattern}' takes too long on this inventory. Write it without lookarounds and back-references; then it takes no time."]);
        }
    }

    private SelectionResult Choose(SelectionNode node, IReadOnlyList<SelectionTerm> terms)
    {
        var pool = terms.Any(term => term.AsksForStatus) ? inventory.All : inventory.Production;
        foreach (var term in terms.Where(term => term.IsName && !pool.Any(term.Holds)))
            mistakes.Add($"{term.Place}: {Missing(term, inventory)}");
        return mistakes.Count > 0 ? new SelectionResult([], mistakes) : new SelectionResult([.. pool.Where(node.Holds)], []);
    }

    private (SelectionNode? Node, IReadOnlyList<SelectionTerm> Terms) Parse(string text)
    {
        var parser = new SelectionParser([.. SelectionWord.Split(text, mistakes)], Term, mistakes);
        return (parser.Parse(), parser.Terms);
    }

    private SelectionTerm? Term(SelectionWord word, bool negated)
    {
        if (word.IsPlain("all"))
            return new SelectionTerm(word, negated, IsName: false, AsksForStatus: false, static _ => true);
        if (word is { Quoted: false, Operator: null } && word.Text.StartsWith('@'))
            return FromFile(word, negated);
        if (word.Operator is not { } sign)
            return Group(word.Text, word) is { } group ? new SelectionTerm(word, negated, IsName: true, AsksForStatus: false, group) : new SelectionTerm(word, negated, IsName: true, AsksForStatus: false, Name(word.Text, inventory));
        if (sign != "~" && word.Field.Equals("group", StringComparison.OrdinalIgnoreCase) && !inventory.FieldNames.Contains("group", StringComparer.OrdinalIgnoreCase))
            return GroupTerm(word, negated != (sign == "!="));
        if (sign != "~" && word.Field.Equals("internal", StringComparison.OrdinalIgnoreCase) && !inventory.FieldNames.Contains("internal", StringComparer.OrdinalIgnoreCase))
            return Internal(word, negated != (sign == "!="));
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

    // Of a device that is named by a name it is neither known that it is internal nor that it is not.
    private SelectionTerm? Internal(SelectionWord word, bool negated)
    {
        if (word.Value.ToLowerInvariant() is not ("yes" or "no" or "true" or "false"))
        {
            mistakes.Add($"Column {word.Column}: internal is yes or no, not '{word.Value}'.");
            return null;
        }

        var wanted = word.Value.ToLowerInvariant() is "yes" or "true";
        return new SelectionTerm(word, negated, IsName: false, AsksForStatus: false, device => context.Internal.Has(device) == wanted);
    }

    private SelectionTerm? GroupTerm(SelectionWord word, bool negated)
    {
        var glob = Glob(word.Value);
        if (glob is null && Group(word.Value, word) is { } group)
            return new SelectionTerm(word, negated, IsName: false, AsksForStatus: false, group);
        if (glob is not null && inventory.Groups.Any(name => glob.IsMatch(name)))
            return new SelectionTerm(word, negated, IsName: false, AsksForStatus: false, device => device.Groups.Any(name => glob.IsMatch(name)));
        if (mistakes.Count == 0)
            mistakes.Add($"Column {word.Column}: there is no group '{word.Value}'{Nearest.Hint(word.Value, inventory.Groups.Concat(context.Groups.Keys))}");
        return null;
    }

    /// <summary>Membership of a group; null when there is no such group, or a device has its name.</summary>
    private Func<NetDevice, bool>? Group(string name, SelectionWord word)
    {
        if (word.Operator is null && inventory.Find(name) is not null)
            return null;
        if (context.Groups.TryGetValue(name, out var text))
            return Own(name, text, word);
        return inventory.Groups.Contains(name) ? device => device.Groups.Contains(name, StringComparer.OrdinalIgnoreCase) : null;
    }

    private Func<NetDevice, bool> Own(string name, string text, SelectionWord word)
    {
        if (within.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            mistakes.Add($"Column {word.Column}: the group '{name}' is defined by itself: {string.Join(" > ", within)} > {name}.");
            return static _ => false;
        }

        within.Add(name);
        var before = mistakes.Count;
        var node = Parse(text).Node;
        for (var i = before; i < mistakes.Count; i++)
            mistakes[i] = $"in the group '{name}': {mistakes[i]}";
        within.RemoveAt(within.Count - 1);
        return node is null ? static _ => false : node.Holds;
    }

    private SelectionTerm? FromFile(SelectionWord word, bool negated)
    {
        var path = word.Text[1..];
        try
        {
            var names = new List<Func<NetDevice, bool>>();
            var number = 0;
            foreach (var line in context.ReadLines(path))
            {
                number++;
                var name = line.Trim();
                if (name.Length == 0 || name[0] == '#')
                    continue;
                var holds = Name(name, inventory);
                if (!inventory.All.Any(holds))
                    mistakes.Add($"{path}:{number}: no device matches '{name}'{Nearest.Hint(name, inventory.All.Select(device => device.Name))}");
                names.Add(holds);
            }

            return new SelectionTerm(word, negated, IsName: true, AsksForStatus: false, device => names.Exists(name => name(device)));
        }
        catch (IOException unreadable)
        {
            mistakes.Add($"Column {word.Column}: {path} cannot be read: {unreadable.Message}");
            return null;
        }
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
