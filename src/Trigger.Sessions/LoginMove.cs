using Trigger.Devices.Platforms;

namespace Trigger.Sessions;

/// <summary>What to do next while logging in.</summary>
internal abstract record LoginMove
{
    /// <summary>More must arrive.</summary>
    public static readonly LoginMove Wait = new Waits();

    /// <summary>It looks decisive; believe it if nothing more arrives for a moment.</summary>
    public static readonly LoginMove Settle = new Settles();

    private LoginMove() { }

    public sealed record TypeUserName : LoginMove;

    public sealed record TypePassword : LoginMove;

    public sealed record Answer(Question Question) : LoginMove;

    public sealed record AtPrompt(Sighting.Prompt Prompt) : LoginMove;

    public sealed record Refused(string Received) : LoginMove;

    private sealed record Waits : LoginMove;

    private sealed record Settles : LoginMove;
}
