using Trigger.Wire.Dialogue;

namespace Trigger.Cli.Terminal;

/// <summary>A file of what the screen showed: mode 0600, appended to, with the secrets that we know of masked should a device echo them.</summary>
internal sealed class Transcript : IDisposable
{
    private readonly FileStream file;
    private readonly SecretFilter filter = new();

    private Transcript(FileStream file) => this.file = file;

    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public static Transcript Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        var file = new FileStream(path, options);
        try
        {
            // A file that was there may have been open to all; this is ours, or it fails.
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        return new Transcript(file);
    }

    public void Hide(ReadOnlySpan<byte> secret) => filter.Add(secret);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        file.Write(filter.Pass(bytes));
        file.Flush();
    }

    public void Dispose()
    {
        file.Write(filter.Flush());
        file.Dispose();
        filter.Dispose();
    }
}
