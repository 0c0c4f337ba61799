using Trigger.Tests.Storage.Conformance;

namespace Trigger.Scenarios.Storage;

public sealed class A_store_in_PostgreSQL() : StoreConformance(new PostgresRig());
