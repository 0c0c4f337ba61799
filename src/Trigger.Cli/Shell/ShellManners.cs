using Trigger.Cli.Terminal;

namespace Trigger.Cli.Shell;

/// <summary>How a person wants to talk.</summary>
internal sealed record ShellManners(EscapeKey Escape, Transcript? Transcript, TimeSpan Linger) : IDisposable
{
    public void Dispose() => Transcript?.Dispose();
}
