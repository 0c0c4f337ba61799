using Trigger.Kernel.Hosting;

namespace Trigger.Tests.Storage;

public sealed class A_journal_in_memory() : JournalConformance(JournalSetup.InMemory());
