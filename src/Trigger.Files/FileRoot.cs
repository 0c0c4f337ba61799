namespace Trigger.Files;

/// <summary>
/// The directory that is served, and nothing beside it: names lead down only, never over a link, and what begins with a dot is not there. Files are read whole or not at all: who replaces one
/// while it is being read does not change what is read.
/// </summary>
public sealed class FileRoot
{
    /// <summary>The longest name, with its directories.</summary>
    public const int LongestName = 512;

    private readonly string root;

    /// <param name="directory">Must exist.</param>
    /// <param name="writable">Whether clients may write.</param>
    /// <param name="largest">The most bytes that a file may have, given or taken.</param>
    public FileRoot(string directory, bool writable, long largest)
    {
        root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        IsWritable = writable;
        Largest = largest;
    }

    public bool IsWritable { get; }

    public long Largest { get; }

    /// <summary>Opens a file to read.</summary>
    /// <exception cref="FileRefusedException">It is not to be had.</exception>
    public FileStream OpenRead(string name)
    {
        var path = Place(name);
        return Asked(() =>
        {
            if (Directory.Exists(path))
                throw new FileRefusedException(FileFault.Denied, "it is a directory");
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length <= Largest)
                return file;
            file.Dispose();
            throw new FileRefusedException(FileFault.TooLarge, $"it has more than {Largest} bytes");
        });
    }

    /// <summary>Begins to write a file. It is there only once it is whole.</summary>
    /// <param name="replace">Whether one of that name may be there already.</param>
    /// <exception cref="FileRefusedException">It may not be written.</exception>
    public FileUpload Create(string name, bool replace)
    {
        if (!IsWritable)
            throw new FileRefusedException(FileFault.Denied, "this server is for reading only");
        var path = Place(name);
        return Asked(() =>
        {
            if (path == root || Directory.Exists(path))
                throw new FileRefusedException(FileFault.Denied, "it is a directory");
            if (!replace && File.Exists(path))
                throw new FileRefusedException(FileFault.Exists, "it exists already");
            return new FileUpload(path, Largest, replace);
        });
    }

    /// <summary>What is known of a file or directory.</summary>
    /// <exception cref="FileRefusedException">There is none.</exception>
    public FileEntry Look(string name)
    {
        var path = Place(name);
        return Asked(() => Directory.Exists(path) ? Entry(new DirectoryInfo(path)) : File.Exists(path) ? Entry(new FileInfo(path)) : throw new FileRefusedException(FileFault.NotFound, "there is no such file"));
    }

    /// <summary>What is in a directory, by name.</summary>
    /// <exception cref="FileRefusedException">There is none.</exception>
    public IReadOnlyList<FileEntry> List(string name)
    {
        var path = Place(name);
        return Asked(() => Directory.Exists(path)
            ? new DirectoryInfo(path).EnumerateFileSystemInfos().Where(one => one.Name[0] != '.' && one.LinkTarget is null).OrderBy(one => one.Name, StringComparer.Ordinal).Select(Entry).ToList()
            : throw new FileRefusedException(FileFault.NotFound, "there is no such directory"));
    }

    /// <summary>A name as it is told to clients, from the root: <c>/a/b</c>.</summary>
    /// <exception cref="FileRefusedException">It leads out of the root.</exception>
    public static string Plain(string name) => "/" + string.Join('/', Parts(name));

    private static FileEntry Entry(FileSystemInfo one) => new(one.Name, one is DirectoryInfo, one is FileInfo file ? file.Length : 0, new DateTimeOffset(one.LastWriteTimeUtc, TimeSpan.Zero));

    private string Place(string name)
    {
        var path = root;
        foreach (var part in Parts(name))
        {
            path = Path.Combine(path, part);
            // A link may lead anywhere, whoever made it.
            if (new FileInfo(path).LinkTarget is not null)
                throw new FileRefusedException(FileFault.Denied, "it is a link");
        }

        return path;
    }

    private static List<string> Parts(string name)
    {
        if (name.Length > LongestName || name.Any(c => char.IsControl(c) || c == '\\'))
            throw new FileRefusedException(FileFault.Denied, "no file can have this name");
        var parts = new List<string>();
        foreach (var part in name.Split('/'))
        {
            if (part is "" or ".")
                continue;
            if (part[0] == '.')
                throw new FileRefusedException(part == ".." ? FileFault.Denied : FileFault.NotFound, part == ".." ? "the name leads out of what is served" : "there is no such file");
            parts.Add(part);
        }

        return parts;
    }

    internal static T Asked<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileRefusedException(FileFault.NotFound, "there is no such file");
        }
        catch (UnauthorizedAccessException)
        {
            throw new FileRefusedException(FileFault.Denied, "the server may not touch it");
        }
        catch (Exception failure) when (failure is IOException or ArgumentException or NotSupportedException)
        {
            throw new FileRefusedException(FileFault.Failed, "the server's disk refused it");
        }
    }
}
