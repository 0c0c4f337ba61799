namespace Trigger.Node.Api;

/// <summary>What is asked about filters; each as the verb of <c>trigger acl</c> that has its name.</summary>
internal static class AclOrders
{
    /// <param name="Protocol">A protocol; a port here means tcp. Any when left out.</param>
    /// <param name="Port">The destination port: a number, a name, ranges.</param>
    /// <param name="Fragments">Asks about fragments without ports, too.</param>
    internal sealed record Check(string? Text, string? From, string? Filter, string? Source, string? Destination, string? Protocol, string? Port, bool Fragments = false) : AclText(Text, From, Filter);

    /// <param name="To">The form to write, such as <c>junos</c>.</param>
    /// <param name="Name">The new filter's name.</param>
    /// <param name="Inet6">Writes the IPv6 part of a list of both families.</param>
    /// <param name="Replace">Puts in front what removes the old filter.</param>
    /// <param name="NoFragments">Leaves fragments without ports out of the question.</param>
    /// <param name="Lossy">Writes what can be written even if it permits more or less than the source.</param>
    internal sealed record Convert(
        string? Text, string? From, string? Filter, string? To, string? Name, bool Inet6 = false, bool Replace = false, bool NoFragments = false, bool Lossy = false) : AclText(Text, From, Filter);

    /// <param name="Unreachable">Only lines that can never match.</param>
    internal sealed record Shadow(string? Text, string? From, string? Filter, bool Unreachable = false) : AclText(Text, From, Filter);

    /// <param name="NoFragments">Leaves fragments without ports out of the question.</param>
    internal sealed record Compare(AclText? Before, AclText? After, bool NoFragments = false);

    /// <param name="Sources">Source networks.</param>
    /// <param name="Destinations">Destination networks.</param>
    /// <param name="Ports">Destination ports: numbers, names, ranges, with commas between them.</param>
    /// <param name="SourceRequired">Leaves out terms that ask for no source.</param>
    /// <param name="DestinationRequired">Leaves out terms that ask for no destination.</param>
    internal sealed record Find(
        string? Text, string? From, string? Filter, IReadOnlyList<string>? Sources, IReadOnlyList<string>? Destinations, string? Ports, bool SourceRequired = false, bool DestinationRequired = false)
        : AclText(Text, From, Filter);

    /// <param name="Passes">At most so many rounds of merging.</param>
    internal sealed record Optimize(string? Text, string? From, string? Filter, int? Passes) : AclText(Text, From, Filter);
}
