using System.Text.RegularExpressions;

namespace Trigger.Parsing.TextFsm;

/// <summary>One column of a template.</summary>
/// <param name="Name">Its header, as the template spells it.</param>
/// <param name="Pattern">The regular expression in its parentheses, in Python's language.</param>
/// <param name="Options">In the order in which the template names them.</param>
public sealed record TemplateValue(string Name, string Pattern, IReadOnlyList<ValueOption> Options)
{
    /// <summary>For a list whose pattern names groups: the pattern once more, to take a match apart.</summary>
    internal Regex? Parts { get; init; }

    internal IReadOnlyList<string> PartNames { get; init; } = [];

    internal string Named => $"(?P<{Name}>{Pattern[1..]}";

    public bool Has(ValueOption option) => Options.Contains(option);
}
