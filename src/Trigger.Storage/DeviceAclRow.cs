namespace Trigger.Storage;

/// <summary>An ACL that somebody has put on a device by name.</summary>
public sealed record DeviceAclRow(string Device, string Acl, DateTimeOffset At, string By);
