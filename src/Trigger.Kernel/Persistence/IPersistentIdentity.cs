namespace Trigger.Kernel.Persistence;

/// <summary>Who persists, and where.</summary>
public interface IPersistentIdentity
{
    string PersistenceId { get; }

    /// <summary>Which journal; empty for the default one.</summary>
    string JournalPluginId { get; }

    /// <summary>Which snapshot store; empty for the default one.</summary>
    string SnapshotPluginId { get; }
}
