namespace Trigger.Kernel.Actor;

/// <summary>A behaviour; false says that it did not handle the message.</summary>
public delegate bool Receive(object message);
