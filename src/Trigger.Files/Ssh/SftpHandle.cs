namespace Trigger.Files.Ssh;

/// <summary>Something that a client has opened: a file to read, a file to write, or a directory, of which the others are null.</summary>
internal sealed class SftpHandle(string name) : IDisposable
{
    public string Name => name;

    public FileStream? Source { get; init; }

    public FileUpload? Target { get; init; }

    public IReadOnlyList<FileEntry>? Entries { get; init; }

    /// <summary>How many entries of the directory were told.</summary>
    public int Told { get; set; }

    /// <summary>How many bytes were read.</summary>
    public long Given { get; set; }

    /// <summary>Why what was written is not to be kept; null when all was taken.</summary>
    public string? Fault { get; set; }

    public void Dispose()
    {
        Source?.Dispose();
        Target?.Dispose();
    }
}
