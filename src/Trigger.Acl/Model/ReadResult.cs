namespace Trigger.Acl.Model;

/// <summary>All filters found in a text, and all there is to say about it.</summary>
public sealed record ReadResult(Dialect Dialect, IReadOnlyList<Filter> Filters, IReadOnlyList<Diagnostic> Diagnostics)
{
    public IReadOnlyList<Policer> Policers { get; init; } = [];

    public bool HasErrors => Diagnostics.Any(said => said.Severity == Severity.Error);

    /// <summary>Whether some line of the filter cannot be read, be it left out or kept as one that may match anything.</summary>
    public bool HasUnreadable(Filter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var wrong = Diagnostics.Where(said => said.Severity == Severity.Error).Select(said => said.At.Line).ToHashSet();
        if (filter.LeftOut > 0 || wrong.Count == 0)
            return filter.LeftOut > 0;
        if (filter.Dialect != Dialect.Junos)
            return filter.Terms.Any(term => wrong.Contains(term.At.Line));
        var end = Filters.Select(other => other.At.Line).Where(line => line > filter.At.Line).DefaultIfEmpty(int.MaxValue).Min();
        return wrong.Any(line => line >= filter.At.Line && line < end);
    }
}
