using System.Text;

namespace Trigger.Cli.Importing;

/// <summary>What an import makes of somebody else's installation: settings, files, what to do by hand, and what was left and why. Nothing is written before all of it is known.</summary>
internal sealed class ImportPlan
{
    private readonly List<(string Key, string Value, string From)> settings = [];
    private readonly List<(string Name, string Text)> files = [];
    private readonly List<string> left = [];
    private readonly List<string> next = [];

    public IReadOnlyList<string> Left => left;

    public IReadOnlyList<string> Next => next;

    /// <summary>The files to write, by name.</summary>
    public IEnumerable<(string Name, string Text)> Files => settings.Count == 0 ? files : files.Prepend(("trigger.conf", Settings()));

    public void Set(string key, string value, string from) => settings.Add((key, Quoted(value), from));

    public void Set(string key, IEnumerable<string> values, string from) => settings.Add((key, $"[{string.Join(", ", values.Select(Quoted))}]", from));

    public void Add(string name, string text) => files.Add((name, text));

    /// <param name="what">What was left, with file and line, and why.</param>
    public void Leave(string what) => left.Add(what);

    /// <param name="command">A command that does what an import cannot: it needs somebody's secret, or an answer.</param>
    public void Then(string command) => next.Add(command);

    private string Settings()
    {
        var text = new StringBuilder("# Taken over by 'trigger import'. Every setting there is: trigger config reference\n\n");
        foreach (var (key, value, from) in settings)
            text.Append("trigger.").Append(key).Append(" = ").Append(value).Append("  # ").Append(from).Append('\n');
        return text.ToString();
    }

    public static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "\"";
}
