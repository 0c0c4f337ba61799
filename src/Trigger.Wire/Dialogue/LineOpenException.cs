namespace Trigger.Wire.Dialogue;

/// <summary>The line could not be opened.</summary>
public sealed class LineOpenException : Exception
{
    internal LineOpenException(WireFault fault)
        : base($"The line could not be opened: {fault}") => Fault = fault;

    public WireFault Fault { get; }
}
