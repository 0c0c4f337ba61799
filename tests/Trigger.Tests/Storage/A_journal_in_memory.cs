using Trigger.Kernel.Hosting;
using Trigger.Tests.Storage.Conformance;

namespace Trigger.Tests.Storage;

public sealed class A_journal_in_memory() : JournalConformance(JournalSetup.InMemory());
