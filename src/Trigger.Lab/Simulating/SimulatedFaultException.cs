namespace Trigger.Lab.Simulating;

/// <summary>A failure that the simulation injected on purpose.</summary>
public sealed class SimulatedFaultException(string where) : Exception($"Injected at {where}.");
