using System.Text;

namespace Trigger.Cli.Importing;

/// <summary>Bounce windows that stand in a Python file as text: <c>NAME = BounceWindow(green='5-7', …)</c>, alone or under teams and sites.</summary>
internal static class BounceImport
{
    /// <param name="Name">For our file.</param>
    /// <param name="Above">The keys of the dictionaries it stood in: a site, or a team and a site.</param>
    public sealed record Window(string Name, IReadOnlyList<string> Above, string Hours);

    public static IEnumerable<Window> Windows(string name, PythonValue value, IReadOnlyList<string> above) => value switch
    {
        PythonValue.Call call when call.Name.EndsWith("BounceWindow", StringComparison.Ordinal) && Hours(call) is { } hours => [new Window(Word(string.Join('-', above.Prepend(name))), above, hours)],
        PythonValue.Map map when above.Count < 3 => map.Items.SelectMany(pair => pair.Key is PythonValue.Text key ? Windows(name, pair.Value, [.. above, key.Value]) : []),
        _ => [],
    };

    public static string Text(IReadOnlyList<Window> windows, string zone, string colour)
    {
        var text = new StringBuilder($"# Taken over by 'trigger import'.\nwindows {{\n  zone = {ImportPlan.Quoted(zone)}\n  default = {colour}\n  named {{\n");
        foreach (var window in windows)
            text.Append($"    {window.Name} {{ {window.Hours} }}\n");
        text.Append("  }\n  rules = [\n");

        // A team's site before any team's: the first rule that fits counts.
        foreach (var window in windows.Where(window => window.Above.Count is 1 or 2).OrderByDescending(window => window.Above.Count))
        {
            var on = window.Above.Count == 2 ? $"owningTeam='{Bare(window.Above[0])}' site='{Bare(window.Above[1])}'" : $"site='{Bare(window.Above[0])}'";
            text.Append($"    {{ devices = {ImportPlan.Quoted(on)}, window = {window.Name} }}\n");
        }

        return text.Append($"  ]\n  otherwise = {windows[0].Name}\n}}\n").ToString();
    }

    private static string? Hours(PythonValue.Call call)
    {
        var given = new[] { "green", "yellow", "red", "default" }.Where(colour => call.Named.GetValueOrDefault(colour) is PythonValue.Text).ToList();
        return given.Count == 0 ? null : string.Join(", ", given.Select(colour => $"{colour} = {ImportPlan.Quoted(((PythonValue.Text)call.Named[colour]).Value)}"));
    }

    private static string Word(string name) => string.Concat(name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));

    private static string Bare(string text) => text.Replace("'", "", StringComparison.Ordinal);
}
