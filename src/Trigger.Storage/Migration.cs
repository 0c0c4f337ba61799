using System.Globalization;
using System.Text.RegularExpressions;

namespace Trigger.Storage;

/// <summary>One step of a schema: a file <c>Schema/&lt;dialect&gt;/&lt;number&gt;.sql</c>. The file is all there is to add.</summary>
/// <param name="UsableFrom">
/// The oldest schema whose nodes may go on using the database after this step, from a line <c>-- Usable from: 0003</c> in the file. Without such a line it is the step itself: only nodes that
/// know it may. A step that only adds tables, or columns with defaults, can say so; nodes of adjacent versions then run side by side while a cluster is renewed.
/// </param>
internal sealed partial record Migration(int Number, int UsableFrom, string Script)
{
    /// <summary>All steps of a dialect, oldest first.</summary>
    /// <param name="dialect">"Sqlite" or "Postgres".</param>
    public static IReadOnlyList<Migration> Of(string dialect) =>
    [
        .. typeof(Migration).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(dialect + "/", StringComparison.Ordinal))
            .Select(name => Parse(int.Parse(name.AsSpan(dialect.Length + 1, 4), NumberStyles.None, CultureInfo.InvariantCulture), Text(name)))
            .OrderBy(step => step.Number),
    ];

    public static Migration Parse(int number, string script) =>
        new(number, Mark().Match(script) is { Success: true } mark ? int.Parse(mark.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : number, script);

    private static string Text(string name)
    {
        using var reader = new StreamReader(typeof(Migration).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^-- Usable from: (\d{1,4})\r?$", RegexOptions.Multiline)]
    private static partial Regex Mark();
}
