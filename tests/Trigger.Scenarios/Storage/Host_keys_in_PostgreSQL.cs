using Trigger.Tests.Storage.Conformance;

namespace Trigger.Scenarios.Storage;

public sealed class Host_keys_in_PostgreSQL() : HostKeyConformance(new PostgresRig());
