namespace Trigger.Sessions;

/// <summary>
/// What a session and the guard of a credential say to each other, so that a mistyped password meets three devices and not three thousand.
/// </summary>
public abstract record CredentialUse
{
    /// <summary>Session to guard: may I show this to the device? Answered by <see cref="Granted"/> or <see cref="Withheld"/>, in time.</summary>
    public sealed record MayShow(string Credential, string Device) : CredentialUse;

    /// <summary>Guard to session.</summary>
    public sealed record Granted : CredentialUse;

    /// <summary>Guard to session: no, and how many devices had refused it.</summary>
    public sealed record Withheld(int Refusals) : CredentialUse;

    /// <summary>Session to guard: what the device said. Null when the line broke before it said anything.</summary>
    public sealed record Judged(string Credential, string Device, bool? Accepted) : CredentialUse;

    private CredentialUse() { }
}
