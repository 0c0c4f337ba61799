using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Setup;
using Trigger.Kernel.Persistence.Snapshot;

namespace Trigger.Kernel.Hosting;

/// <summary>Where a system keeps snapshots. Ours alone; without it nothing is offered at recovery, and saving fails.</summary>
/// <param name="store">Makes the props of a <see cref="SnapshotStore"/>; called once per system.</param>
public sealed class SnapshotSetup(Func<Props> store) : Setup
{
    internal const string InMemoryPlugin = "akka.persistence.snapshot-store.inmem";

    internal static readonly IReadOnlyDictionary<string, Func<Props>> NoOthers = new Dictionary<string, Func<Props>>();

    public Func<Props> Store { get; } = store;

    /// <summary>More stores, by the id that an actor names as its SnapshotPluginId.</summary>
    public IReadOnlyDictionary<string, Func<Props>> Others { get; init; } = NoOthers;

    /// <param name="snapshots">Shared, they outlive the system; null for snapshots of its own.</param>
    public static SnapshotSetup InMemory(MemorySnapshots? snapshots = null)
    {
        snapshots ??= new MemorySnapshots();
        return new SnapshotSetup(() => Props.Create(() => new MemorySnapshotStore(snapshots)));
    }
}
