namespace Trigger.Node.Acls;

/// <summary>An ACL that waits to be loaded on a device.</summary>
/// <param name="Id">Grows; what was queued later has a higher one.</param>
/// <param name="Escalation">Whether it is for those who load what must not wait.</param>
public sealed record QueuedAcl(long Id, string Device, string Acl, DateTimeOffset At, string By, bool Escalation);
