namespace Trigger.Wire;

/// <summary>How long each phase of opening a line may take.</summary>
public sealed record DialLimits
{
    /// <summary>Fifteen seconds to connect, thirty for everything else: what suits a person and most devices.</summary>
    public static DialLimits Usual { get; } = new()
    {
        Connect = TimeSpan.FromSeconds(15),
        Handshake = TimeSpan.FromSeconds(30),
        Authenticate = TimeSpan.FromSeconds(30),
        OpenShell = TimeSpan.FromSeconds(30),
    };

    /// <summary>Name look-up and TCP connect together.</summary>
    public required TimeSpan Connect { get; init; }

    /// <summary>SSH: identification strings, key exchange and host key.</summary>
    public required TimeSpan Handshake { get; init; }

    /// <summary>SSH: from <see cref="ILine.Authenticate"/> to the server's verdict.</summary>
    public required TimeSpan Authenticate { get; init; }

    /// <summary>SSH: channel, terminal and shell.</summary>
    public required TimeSpan OpenShell { get; init; }

    /// <summary>SSH: everything from the dial to the open line, whatever the phases may take; null for no limit but theirs.</summary>
    public TimeSpan? Overall { get; init; }
}
