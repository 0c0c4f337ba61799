using Trigger.Tests.Storage.Conformance;

namespace Trigger.Scenarios.Storage;

public sealed class Schedules_in_PostgreSQL() : ScheduleConformance(new PostgresRig());
