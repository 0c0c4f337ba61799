namespace Trigger.Tests.Node.Telemetry;

/// <summary>A span as a receiver was told of it.</summary>
/// <param name="Instance">The node that sent it: service.instance.id.</param>
/// <param name="Parent">Empty for the first of a trace.</param>
/// <param name="Failed">Whether its status is an error.</param>
public sealed record HeardSpan(
    string Instance, string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> Events, bool Failed, string Status, ulong Start, ulong End);
