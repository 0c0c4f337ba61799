using Trigger.Tests.Storage.Conformance;

namespace Trigger.Tests.Storage;

public sealed class A_queue_of_ACLs_in_SQLite() : AclQueueConformance(new SqliteRig());
