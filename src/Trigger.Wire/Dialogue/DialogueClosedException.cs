namespace Trigger.Wire.Dialogue;

/// <summary>The line ended before it arrived.</summary>
public sealed class DialogueClosedException : DialogueException
{
    internal DialogueClosedException(string wanted, WireFault? fault, string text)
        : base(fault is null ? $"The line was closed before {wanted} arrived; {text.Length} characters did." : $"The line broke before {wanted} arrived: {fault}", text) =>
        Fault = fault;

    /// <summary>Why the line broke; null when it ended in order.</summary>
    public WireFault? Fault { get; }
}
