namespace Trigger.Node.Security;

/// <summary>A line that is to go into the audit trail.</summary>
internal sealed record AuditNote(DateTimeOffset At, string Who, string Origin, string What, string Target, string Detail);
