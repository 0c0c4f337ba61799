namespace Trigger.Node;

/// <summary>
/// Keeps a process that does nothing but run the engine at about twenty threads on two cores. Nothing in the engine waits on a pool thread for another one, so the pool's habit
/// of adding threads while one of them is in a disk write buys nothing. A host service that embeds the engine decides for itself and does not call this.
/// </summary>
public static class ThreadBudget
{
    /// <summary>Three pool threads per core, and six at least.</summary>
    public static void Apply()
    {
        ThreadPool.GetMaxThreads(out _, out var completion);
        ThreadPool.SetMaxThreads(Math.Max(6, 3 * Environment.ProcessorCount), completion);
    }
}
