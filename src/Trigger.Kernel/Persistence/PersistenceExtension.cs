using System.Collections.Concurrent;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Configuration;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Persistence.Snapshot;

namespace Trigger.Kernel.Persistence;

/// <summary>The journals and snapshot stores of a system.</summary>
public sealed class PersistenceExtension : IExtension
{
    private readonly ActorSystem _system;
    private readonly Config _config;
    private readonly JournalSetup _journals;
    private readonly SnapshotSetup? _snapshots;
    private readonly ConcurrentDictionary<string, Lazy<IActorRef>> _plugins = new();

    internal PersistenceExtension(ActorSystem system)
    {
        _system = system;
        _config = system.Settings.Config;
        _snapshots = system.Setup.Get<SnapshotSetup>() is { HasValue: true } snapshots ? snapshots.Value : ConfiguredSnapshots();
        Settings = new PersistenceSettings(system, _config);
        var journals = system.Setup.Get<JournalSetup>();
        _journals = journals.GetOrElse(JournalSetup.InMemory());
        Journal = !journals.HasValue && _config.GetString("akka.persistence.journal.plugin") is { Length: > 0 } plugin
            ? JournalFor(plugin)
            : system.SystemActorOf(_journals.Journal(), "journal");
        var permits = _config.GetInt("akka.persistence.max-concurrent-recoveries", _journals.MaxConcurrentRecoveries);
        RecoveryPermitter = system.SystemActorOf(Props.Create(() => new RecoveryPermitter(permits)), "recoveryPermitter");
        RecoveryEventTimeout = _journals.RecoveryEventTimeout;
    }

    /// <summary>The default journal. Told the messages of the journal protocol.</summary>
    public IActorRef Journal { get; }

    public PersistenceSettings Settings { get; }

    internal IActorRef RecoveryPermitter { get; }

    internal TimeSpan RecoveryEventTimeout { get; }

    internal bool HasSnapshotStore => _snapshots is not null;

    /// <param name="journalPluginId">Empty for the default one.</param>
    /// <exception cref="ArgumentException">No journal has that id.</exception>
    public IActorRef JournalFor(string journalPluginId) =>
        string.IsNullOrEmpty(journalPluginId) ? Journal : Plugin("journal", journalPluginId, _journals.Others);

    /// <param name="snapshotPluginId">Empty for the default one, which refuses to save when none was set up.</param>
    /// <exception cref="ArgumentException">No snapshot store has that id.</exception>
    public IActorRef SnapshotStoreFor(string snapshotPluginId)
    {
        if (!string.IsNullOrEmpty(snapshotPluginId))
            return Plugin("snapshot store", snapshotPluginId, _snapshots?.Others ?? SnapshotSetup.NoOthers);

        return Start("snapshot-store", _snapshots?.Store ?? (static () => Props.Create(static () => new NoSnapshotStore())));
    }

    private SnapshotSetup? ConfiguredSnapshots() => _config.GetString("akka.persistence.snapshot-store.plugin") is { Length: > 0 } plugin
        ? new SnapshotSetup(() => Configured("snapshot store", plugin, SnapshotSetup.NoOthers))
        : null;

    private IActorRef Plugin(string kind, string id, IReadOnlyDictionary<string, Func<Props>> known) =>
        Start(id, known.GetValueOrDefault(id) ?? (() => Configured(kind, id, known)));

    private Props Configured(string kind, string id, IReadOnlyDictionary<string, Func<Props>> known) => ConfiguredPlugin.Find(_config, id) ?? throw new ArgumentException(
        $"No {kind} has the plug-in id [{id}]. The setup knows {(known.Count == 0 ? "none" : string.Join(", ", known.Keys))}, and the configuration has no such section.", nameof(id));

    private IActorRef Start(string name, Func<Props> props) =>
        _plugins.GetOrAdd(name, _ => new Lazy<IActorRef>(() => _system.SystemActorOf(props(), name))).Value;
}
