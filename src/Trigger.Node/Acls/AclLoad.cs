namespace Trigger.Node.Acls;

/// <summary>An ACL that a run loads on a device.</summary>
/// <param name="File">Its name where it is staged; empty when it travels in the run itself.</param>
/// <param name="UpTo">The highest entry of the queue that it answers for; 0 for none.</param>
/// <param name="Steps">How many steps the device has in the run.</param>
public sealed record AclLoad(string Run, string Device, string Acl, string File, long UpTo, int Steps);
