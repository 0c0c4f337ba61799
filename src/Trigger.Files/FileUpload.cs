namespace Trigger.Files;

/// <summary>A file that is being written, under a name of its own until it is whole. What is not committed leaves nothing behind.</summary>
public sealed class FileUpload : IDisposable
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly string path;
    private readonly string temporary;
    private readonly long largest;
    private readonly bool replace;
    private readonly FileStream file;
    private bool committed;

    internal FileUpload(string path, long largest, bool replace)
    {
        this.path = path;
        this.largest = largest;
        this.replace = replace;
        temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Guid.NewGuid():n}.part");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Readable;
        file = new FileStream(temporary, options);
    }

    public long Length => file.Length;

    /// <summary>How many bytes were taken so far; also when it is closed.</summary>
    public long LengthTaken { get; private set; }

    /// <summary>Appends.</summary>
    /// <exception cref="FileRefusedException">It becomes too large, or the disk is full.</exception>
    public void Write(ReadOnlySpan<byte> bytes) => WriteAt(file.Position, bytes);

    /// <summary>Writes at a place; what lies between the end and it is filled with zeroes.</summary>
    /// <inheritdoc cref="Write"/>
    public void WriteAt(long at, ReadOnlySpan<byte> bytes)
    {
        if (at < 0 || at > largest - bytes.Length)
            throw new FileRefusedException(FileFault.TooLarge, $"it has more than {largest} bytes");
        try
        {
            file.Position = at;
            file.Write(bytes);
            LengthTaken += bytes.Length;
        }
        catch (IOException)
        {
            throw new FileRefusedException(FileFault.Failed, "the server's disk refused it");
        }
    }

    /// <summary>The file is whole: from now on it is there.</summary>
    /// <exception cref="FileRefusedException">Somebody else has made one of that name, or the disk refuses.</exception>
    public void Commit() => FileRoot.Asked(() =>
    {
        file.Flush();
        file.Dispose();
        if (!replace && File.Exists(path))
            throw new FileRefusedException(FileFault.Exists, "it exists already");
        File.Move(temporary, path, replace);
        return committed = true;
    });

    public void Dispose()
    {
        file.Dispose();
        if (!committed)
            File.Delete(temporary);
    }
}
