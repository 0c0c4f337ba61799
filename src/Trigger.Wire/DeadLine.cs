namespace Trigger.Wire;

/// <summary>A line that was closed before it began; every member does nothing.</summary>
internal sealed class DeadLine : ILine
{
    public void Write(ReadOnlySpan<byte> bytes)
    {
    }

    public void Authenticate(LineCredentials credentials)
    {
    }

    public void Pause()
    {
    }

    public void Resume()
    {
    }

    public void Close()
    {
    }

    public void Abort()
    {
    }
}
