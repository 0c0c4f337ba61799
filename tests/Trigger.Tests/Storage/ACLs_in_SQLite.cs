using Trigger.Tests.Storage.Conformance;

namespace Trigger.Tests.Storage;

public sealed class ACLs_in_SQLite() : AclConformance(new SqliteRig());
