using Trigger.Tests.Storage.Conformance;

namespace Trigger.Tests.Storage;

public sealed class Host_keys_in_SQLite() : HostKeyConformance(new SqliteRig());
