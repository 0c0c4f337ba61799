namespace Trigger.Acl.Changing;

/// <summary>Which conditions the optimiser may merge.</summary>
[Flags]
public enum MergeSides
{
    None = 0,
    Source = 1,
    Destination = 2,
    DestinationPort = 4,
    All = 7,
}
