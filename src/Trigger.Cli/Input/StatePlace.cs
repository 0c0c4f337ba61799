using Trigger.Node;

namespace Trigger.Cli.Input;

/// <summary>Where the journal lives. Printed, as the help prints defaults, it keeps its password to itself.</summary>
/// <param name="Address">A directory, or a server's address.</param>
internal sealed record StatePlace(string Address)
{
    public override string ToString() => RunRecords.Shown(Address);
}
