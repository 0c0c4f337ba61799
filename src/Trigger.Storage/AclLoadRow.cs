namespace Trigger.Storage;

/// <summary>An ACL that a run loads on a device.</summary>
/// <param name="File">Its name where it is staged.</param>
/// <param name="UpTo">The highest entry of the queue that it answers for; 0 for none.</param>
/// <param name="Steps">How many steps the device has in the run.</param>
/// <param name="Result">Null while it is not known.</param>
public sealed record AclLoadRow(string Run, string Device, string Acl, string File, long UpTo, int Steps, DateTimeOffset At, string? Result);
