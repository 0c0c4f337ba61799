using Trigger.Tests.Storage.Conformance;

namespace Trigger.Scenarios.Storage;

public sealed class A_database_in_PostgreSQL() : DatabaseConformance(new PostgresRig());
