using Trigger.Tests.Storage.Conformance;

namespace Trigger.Scenarios.Storage;

public sealed class A_queue_of_ACLs_in_PostgreSQL() : AclQueueConformance(new PostgresRig());
