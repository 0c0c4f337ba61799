using Trigger.Tests.Storage.Conformance;

namespace Trigger.Scenarios.Storage;

public sealed class ACLs_in_PostgreSQL() : AclConformance(new PostgresRig());
