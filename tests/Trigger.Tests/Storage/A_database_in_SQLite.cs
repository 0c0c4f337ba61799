using Trigger.Tests.Storage.Conformance;

namespace Trigger.Tests.Storage;

public sealed class A_database_in_SQLite() : DatabaseConformance(new SqliteRig());
