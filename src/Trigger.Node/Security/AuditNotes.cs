using System.Text;
using System.Text.Json;

namespace Trigger.Node.Security;

/// <summary>A file of lines that are on their way into the audit trail, one JSON object a line, readable by its owner alone. A line that was cut off by a crash is left out.</summary>
internal sealed class AuditNotes : IDisposable
{
    private const long Largest = 64 << 20;

    private readonly FileStream file;

    private AuditNotes(FileStream file, IReadOnlyList<AuditNote> left)
    {
        this.file = file;
        Left = left;
    }

    public string Path => file.Name;

    /// <summary>What an earlier process has left.</summary>
    public IReadOnlyList<AuditNote> Left { get; }

    /// <exception cref="IOException">It cannot be written, or another process has it.</exception>
    public static AuditNotes Open(string path)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        try
        {
            var left = new List<AuditNote>();
            using (var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true))
            {
                while (reader.ReadLine() is { } line)
                {
                    if (Read(line) is { } note)
                        left.Add(note);
                }
            }

            // The next line must not go on where one was cut off.
            file.Seek(0, SeekOrigin.End);
            if (file.Length > 0)
                file.Write("\n"u8);
            return new AuditNotes(file, left);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds a line; it is on the disk when this returns.</summary>
    /// <exception cref="IOException">It is not.</exception>
    public void Add(AuditNote note)
    {
        if (file.Length >= Largest)
            throw new IOException($"it has its {Largest >> 20} MB.");

        file.Write([.. JsonSerializer.SerializeToUtf8Bytes(note), (byte)'\n']);
        file.Flush(flushToDisk: true);
    }

    public void Clear()
    {
        file.SetLength(0);
        file.Flush(flushToDisk: true);
    }

    public void Dispose() => file.Dispose();

    private static AuditNote? Read(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize<AuditNote>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
