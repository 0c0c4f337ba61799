using Trigger.Acl.Values;

namespace Trigger.Acl.Writing;

/// <summary>How a filter is to be written.</summary>
public sealed record WriteOptions
{
    /// <summary>Null keeps the filter's own.</summary>
    public string? Name { get; init; }

    /// <summary>Puts what removes the old filter before it (<c>no access-list …</c>, <c>replace:</c>).</summary>
    public bool Replace { get; init; }

    /// <summary>Which part of a list of both families is written; IPv4 when null.</summary>
    public Family? Family { get; init; }

    /// <summary>Junos: writes <c>family inet</c> and <c>inet6</c> around the filter. Trigger did not.</summary>
    public bool WithFamily { get; init; } = true;

    /// <summary>Junos: every term counts under its own name.</summary>
    public bool CountTerms { get; init; }
}
