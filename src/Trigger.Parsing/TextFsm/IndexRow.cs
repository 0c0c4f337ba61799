using System.Text.RegularExpressions;

namespace Trigger.Parsing.TextFsm;

/// <summary>One line of an index: which templates read what.</summary>
/// <param name="Line">Its line in the file, the first being 1.</param>
/// <param name="Templates">File names; the tables of those behind the first are joined to its own.</param>
internal sealed record IndexRow(int Line, IReadOnlyList<string> Templates, IReadOnlyDictionary<string, Regex> Patterns)
{
    // What the index does not tell apart, and what the caller does not know, decides nothing.
    public bool Fits(IReadOnlyDictionary<string, string> attributes) =>
        attributes.All(attribute => !Patterns.TryGetValue(attribute.Key, out var pattern) || pattern.IsMatch(attribute.Value));
}
