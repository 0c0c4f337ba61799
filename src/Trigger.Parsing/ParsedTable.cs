namespace Trigger.Parsing;

/// <summary>Rows under a header, as a template reads them out of a device's answer.</summary>
/// <param name="Header">The columns' names, as the template spells them.</param>
/// <param name="Rows">Each as long as the header.</param>
public sealed record ParsedTable(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<Cell>> Rows);
