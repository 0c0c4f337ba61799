using Trigger.Jobs;

namespace Trigger.Node;

/// <summary>
/// Says to other processes that this one runs a run. The operating system takes the lock back when the process dies, however it dies, so a run left behind can be told from one that is alive.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private readonly FileStream file;

    private RunLock(FileStream file) => this.file = file;

    /// <summary>The lock, or null when another process holds it.</summary>
    public static RunLock? TryTake(string stateDirectory, RunId id)
    {
        var directory = Path.Combine(stateDirectory, "running");
        Directory.CreateDirectory(directory);
        try
        {
            // The file stays behind, empty: removing it while another process waits to open it would let two hold "the" lock.
            return new RunLock(new FileStream(Path.Combine(directory, id.Value), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Whether a living process holds the lock.</summary>
    public static bool IsHeld(string stateDirectory, RunId id)
    {
        var path = Path.Combine(stateDirectory, "running", id.Value);
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
