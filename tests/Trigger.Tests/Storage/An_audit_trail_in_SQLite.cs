using Trigger.Tests.Storage.Conformance;

namespace Trigger.Tests.Storage;

public sealed class An_audit_trail_in_SQLite() : AuditConformance(new SqliteRig());
