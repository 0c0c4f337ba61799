namespace Trigger.Backup;

/// <summary>What became of a device's file.</summary>
/// <param name="Path">Within the archive.</param>
/// <param name="Added">Lines that were not there.</param>
/// <param name="Removed">Lines that are there no longer.</param>
public sealed record ConfigChange(string Device, string Path, ConfigChangeKind Kind, int Added, int Removed);
