using Trigger.Tests.Storage.Conformance;

namespace Trigger.Tests.Storage;

public sealed class Schedules_in_SQLite() : ScheduleConformance(new SqliteRig());
