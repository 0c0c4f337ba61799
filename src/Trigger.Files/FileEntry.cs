namespace Trigger.Files;

/// <summary>A file or directory as clients are told of it.</summary>
public sealed record FileEntry(string Name, bool IsDirectory, long Length, DateTimeOffset Changed);
