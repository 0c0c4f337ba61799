using Trigger.Sessions;
using Trigger.Wire;

namespace Trigger.Node.Terminals;

/// <summary>
/// A person's terminal on a device of the cluster, wherever its line is: the login is the engine's, the rest the person's. What is typed before <see cref="LoggedIn"/> is dropped.
/// </summary>
internal sealed class ClusterTerminal : ILine
{
    private readonly TaskCompletionSource<DeviceFault?> loggedIn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DeviceFault?> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HandOver door;

    /// <param name="begin">Brings the person to the device, given the door and where to say what became of it.</param>
    public ClusterTerminal(ILineObserver person, bool raise, Action<HandOver, TaskCompletionSource<DeviceFault?>, TaskCompletionSource<DeviceFault?>> begin)
    {
        door = new HandOver(person, raise);
        begin(door, loggedIn, ended);
    }

    /// <summary>Null once the line is the person's; else why it never came to that.</summary>
    public Task<DeviceFault?> LoggedIn => loggedIn.Task;

    /// <summary>Null when the device or the person hung up; else why the line broke.</summary>
    public Task<DeviceFault?> Ended => ended.Task;

    public void Write(ReadOnlySpan<byte> bytes) => door.Write(bytes);

    public void Authenticate(LineCredentials credentials)
    {
        // The session does that.
    }

    public void Pause() => door.Pause();

    public void Resume() => door.Resume();

    public void Resize(int columns, int rows) => door.Resize(columns, rows);

    public void Close() => door.Close();

    public void Abort() => door.Abort();
}
