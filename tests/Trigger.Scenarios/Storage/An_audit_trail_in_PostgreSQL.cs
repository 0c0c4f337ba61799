using Trigger.Tests.Storage.Conformance;

namespace Trigger.Scenarios.Storage;

public sealed class An_audit_trail_in_PostgreSQL() : AuditConformance(new PostgresRig());
