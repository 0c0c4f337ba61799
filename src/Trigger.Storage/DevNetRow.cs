namespace Trigger.Storage;

/// <summary>One interface, as the table <c>dev_nets</c> keeps it; several values of a field stand one a line.</summary>
public sealed record DevNetRow(string Device, string Interface, string Addresses, string Subnets, string AclsIn, string AclsOut, string Description);
