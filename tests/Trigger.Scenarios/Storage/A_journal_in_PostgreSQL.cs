using Trigger.Tests.Storage.Conformance;

namespace Trigger.Scenarios.Storage;

public sealed class A_journal_in_PostgreSQL() : SqlJournalConformance(new PostgresRig());
