namespace Trigger.Sessions;

/// <summary>One line to type.</summary>
/// <param name="Number">From 0, in the order of sending.</param>
/// <param name="Line">Without a line end.</param>
/// <param name="Timeout">How long the device may take, or null for the platform's own limit.</param>
public sealed record Step(int Number, string Line, TimeSpan? Timeout = null)
{
    /// <summary>What to answer when the device asks something; then the platform's own answers count. A step with answers is never repeated. Not in NETCONF.</summary>
    public IReadOnlyList<StepAnswer>? Answers { get; init; }

    /// <summary>How long to wait before it is sent; for a device that needs a moment until what was changed can be seen. Not in NETCONF.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>Passwords and keys in the answer, as the platform's <c>backup.secrets</c> finds them, are masked before anybody is told. Not in NETCONF.</summary>
    public bool HideSecrets { get; init; }
}
