using Trigger.Acl.Model;

namespace Trigger.Acl.Reading;

/// <summary>
/// Reads filters from text of any dialect. It never throws for what a text says: every mistake becomes a <see cref="Diagnostic"/> with its line and column, and reading goes on behind it.
/// </summary>
public static class FilterReader
{
    /// <param name="text">One filter, or a whole configuration; what is no filter is left alone.</param>
    /// <param name="dialect">Null finds it out from the text.</param>
    /// <param name="origin">The file's name, for reports.</param>
    public static ReadResult Read(string text, Dialect? dialect = null, string? origin = null, ReadLimits? limits = null)
    {
        limits ??= ReadLimits.Default;
        var said = new DiagnosticList(limits.Diagnostics);
        if (text.Length > limits.Characters)
        {
            said.Error(new Position(1, 1), $"the text has more than {limits.Characters} characters");
            return new ReadResult(dialect ?? Dialect.Ios, [], said.ToList());
        }

        var of = dialect ?? DialectFinder.Of(text);
        // A byte order mark is no part of the first word.
        if (text.StartsWith('\uFEFF'))
            text = " " + text[1..];
        IReadOnlyList<Policer> policers = [];
        IReadOnlyList<Filter> filters;
        if (of == Dialect.Junos)
            (filters, policers) = new JunosReader(text, limits, said).Read();
        else if (of == Dialect.ScreenOs)
            filters = new ScreenOsReader(text, limits, said).Read();
        else if (of == Dialect.PanOs)
            filters = new PanOsReader(text, limits, said).Read();
        else
            filters = new CiscoReader(text, of, limits, said).Read();
        if (origin is not null || said.LeftOut > 0)
            filters = [.. filters.Select(filter => filter with { Origin = origin, LeftOut = filter.LeftOut + said.LeftOut })];
        return new ReadResult(of, filters, said.ToList()) { Policers = policers };
    }
}
