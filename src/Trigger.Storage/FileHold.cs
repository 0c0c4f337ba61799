namespace Trigger.Storage;

/// <summary>Something that one process of this machine does. The operating system takes the lock back when the process dies, however it dies, so what is left behind can be told from what is alive.</summary>
internal sealed class FileHold : IDisposable
{
    private readonly FileStream file;

    private FileHold(FileStream file) => this.file = file;

    /// <summary>The lock, or null when another holds it.</summary>
    public static FileHold? TryTake(string directory, string name)
    {
        var running = Path.Combine(directory, "running");
        Directory.CreateDirectory(running);
        try
        {
            // The file stays behind, empty: removing it while another process waits to open it would let two hold "the" lock.
            return new FileHold(new FileStream(Path.Combine(running, name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Whether a living process holds the lock.</summary>
    public static bool IsHeld(string directory, string name)
    {
        var path = Path.Combine(directory, "running", name);
        if (!File.Exists(path))
            return false;

        try
        {
            // Shared, so that two who look do not take each other for a runner.
            using var probe = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose() => file.Dispose();
}
