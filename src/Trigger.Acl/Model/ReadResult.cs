namespace Trigger.Acl.Model;

/// <summary>All filters found in a text, and all there is to say about it.</summary>
public sealed record ReadResult(Dialect Dialect, IReadOnlyList<Filter> Filters, IReadOnlyList<Diagnostic> Diagnostics)
{
    public IReadOnlyList<Policer> Policers { get; init; } = [];

    public bool HasErrors => Diagnostics.Any(said => said.Severity == Severity.Error);
}
