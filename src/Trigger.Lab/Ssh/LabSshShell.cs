namespace Trigger.Lab.Ssh;

/// <summary>A pretend device's hand on its session. Every member may be called from any thread and does nothing once the session is over.</summary>
public sealed class LabSshShell
{
    private readonly LabSshLoop loop;
    private readonly LabSshConnection connection;

    internal LabSshShell(LabSshLoop loop, LabSshConnection connection, string userName)
    {
        this.loop = loop;
        this.connection = connection;
        UserName = userName;
    }

    /// <summary>From where.</summary>
    public System.Net.IPEndPoint Client => connection.Client;

    /// <summary>Who logged in.</summary>
    public string UserName { get; }

    /// <summary>Queues bytes for the client. The memory must not change afterwards; it may be sent to many sessions.</summary>
    public void Write(ReadOnlyMemory<byte> bytes) => loop.Post(new LabSshCommand(connection, LabSshCommandKind.Write, bytes));

    /// <summary>Ends the session in order, after what is queued: exit status, end of file, close.</summary>
    public void Exit(int status) => loop.Post(new LabSshCommand(connection, LabSshCommandKind.Exit, default, status));

    /// <summary>Breaks the connection without a word of SSH, after what the window let out.</summary>
    public void Drop() => loop.Post(new LabSshCommand(connection, LabSshCommandKind.Drop));
}
