namespace Trigger.Kernel.Hosting;

/// <summary>The time that <see cref="StateMachines.Deadline"/> gave a state is up. The state gets it as an event; what it does then is its own affair.</summary>
public sealed record StateDeadline<TState>(TState State);
