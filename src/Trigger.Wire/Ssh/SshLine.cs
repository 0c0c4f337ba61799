namespace Trigger.Wire.Ssh;

/// <summary>What the caller of a dial holds: no native handle, only the way to the reactor that has it.</summary>
internal sealed class SshLine(SshReactor reactor, SshConversation session) : ILine
{
    public void Write(ReadOnlySpan<byte> bytes) => Post(SshCommandKind.Write, bytes.ToArray());

    public void Authenticate(LineCredentials credentials)
    {
        var secrets = new SshSecrets(credentials);
        if (!secrets.HasKeysToOpen)
        {
            Post(SshCommandKind.Authenticate, secrets);
            return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(
            ready =>
            {
                ready.OpenKeys();
                Post(SshCommandKind.Authenticate, ready);
            },
            secrets,
            preferLocal: false);
    }

    public void Pause() => Post(SshCommandKind.Pause);

    public void Resume() => Post(SshCommandKind.Resume);

    public void Close() => Post(SshCommandKind.Close);

    public void Abort() => Post(SshCommandKind.Abort);

    private void Post(SshCommandKind kind, object? load = null) => reactor.Post(new SshCommand(session, kind, load));
}
