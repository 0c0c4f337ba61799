namespace Trigger.Backup;

/// <summary>How a configuration compares with the one that was kept before.</summary>
public enum ConfigChangeKind
{
    Same,
    New,
    Changed,
}
