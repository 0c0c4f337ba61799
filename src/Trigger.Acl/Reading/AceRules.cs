using Trigger.Acl.Model;

namespace Trigger.Acl.Reading;

/// <summary>How the Cisco-like dialects differ, as data.</summary>
/// <param name="Netmasks">The second address word is a netmask; everywhere else it is a wildcard (ASA).</param>
/// <param name="Start">The first number given to unnumbered lines.</param>
/// <param name="Step">Added for each further one.</param>
internal sealed record AceRules(Dialect Dialect, bool Netmasks, int Start, int Step)
{
    public static AceRules Of(Dialect dialect) => dialect switch
    {
        Dialect.Asa => new(dialect, Netmasks: true, 1, 1),
        Dialect.Dell => new(dialect, Netmasks: false, 5, 5),
        _ => new(dialect, Netmasks: false, 10, 10),
    };
}

/// <summary>Where a line stands and what is known of it before it is read.</summary>
/// <param name="Line">From one.</param>
/// <param name="Column">Of the words' first letter, from one.</param>
/// <param name="Start">Of the line in the whole text.</param>
internal readonly record struct AceContext(string Source, int Line, int Column, int Start, int Length, Values.Family Family, bool Standard);
