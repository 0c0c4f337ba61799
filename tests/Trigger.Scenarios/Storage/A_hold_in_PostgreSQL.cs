using Trigger.Tests.Storage.Conformance;

namespace Trigger.Scenarios.Storage;

public sealed class A_hold_in_PostgreSQL() : HoldConformance(new PostgresRig());
