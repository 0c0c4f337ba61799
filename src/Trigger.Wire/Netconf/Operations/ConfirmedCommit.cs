namespace Trigger.Wire.Netconf.Operations;

/// <summary>A commit on trial: the server undoes it unless it is confirmed in time, or when the session is lost before.</summary>
public sealed record ConfirmedCommit
{
    /// <summary>How long the trial lasts, in whole seconds; null for the server's default, 600 s by RFC 6241 §8.4.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>A token that lets the trial outlive the session; whoever shows it may confirm or cancel. Needs <c>:confirmed-commit:1.1</c>.</summary>
    public string? Persist { get; init; }
}
