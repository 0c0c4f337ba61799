namespace Trigger.Node.Security;

/// <summary>One line of the audit trail.</summary>
public sealed record AuditRecord(long Seq, DateTimeOffset At, string Who, string Origin, string What, string Target, string Detail);
