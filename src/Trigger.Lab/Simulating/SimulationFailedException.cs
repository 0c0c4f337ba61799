namespace Trigger.Lab.Simulating;

/// <summary>A seed under which a protocol did not hold. The message names it; the same seed fails in the same way again.</summary>
public sealed class SimulationFailedException : Exception
{
    internal SimulationFailedException(int seed, string message, Exception? cause)
        : base(message, cause) => Seed = seed;

    public int Seed { get; }
}
