namespace Trigger.Files.Ssh;

/// <summary>The server's side of one SSH channel on which files go. Called by one thread at a time; bytes may come split anywhere.</summary>
public interface IFileTalk : IDisposable
{
    /// <summary>What can be said before the client has said anything.</summary>
    void Begin();

    void Receive(ReadOnlySpan<byte> bytes);

    /// <summary>Everything that was sent is on its way, and there is room for more.</summary>
    void Drained();
}
