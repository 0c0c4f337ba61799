namespace Trigger.Kernel.Actor;

/// <summary>A behaviour that says itself, with <c>Unhandled</c>, what it did not handle.</summary>
public delegate void UntypedReceive(object message);
