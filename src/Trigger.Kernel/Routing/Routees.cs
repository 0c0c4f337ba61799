namespace Trigger.Kernel.Routing;

/// <summary>The answer to <see cref="GetRoutees"/>.</summary>
public sealed class Routees
{
    public Routees(IEnumerable<Routee> routees) => Members = routees;

    public IEnumerable<Routee> Members { get; }
}
