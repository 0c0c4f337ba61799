namespace Trigger.Wire.Ssh;

/// <summary>What to ask of the server once the channel is open (RFC 4254 §6.5).</summary>
public abstract record SshService
{
    /// <summary>The user's shell.</summary>
    public sealed record Shell : SshService;

    /// <summary>One command; the line ends with it.</summary>
    public sealed record Exec(string Command) : SshService;

    /// <summary>A subsystem by name; when the server refuses one, the next is tried.</summary>
    public sealed record Subsystem(IReadOnlyList<string> Names) : SshService;

    private SshService() { }

    internal string What => this switch
    {
        Shell => "shell",
        Exec exec => $"exec '{exec.Command}'",
        Subsystem subsystem => $"subsystem {string.Join(" or ", subsystem.Names)}",
        _ => "service",
    };
}
