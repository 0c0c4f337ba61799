namespace Trigger.Node;

/// <summary>
/// Tunes a process that does nothing but run the engine. A host service that embeds the engine decides for itself and does not call this.
/// </summary>
public static class EngineProcess
{
    /// <summary>To be called first thing, before any socket is used.</summary>
    public static void Tune()
    {
        // Nothing in the engine waits on a pool thread for another one, so the pool's habit of adding threads while one of them is in a disk write buys nothing: three per core are
        // enough, and the process stays under twenty on two cores.
        ThreadPool.GetMaxThreads(out _, out var completion);
        ThreadPool.SetMaxThreads(Math.Max(6, 3 * Environment.ProcessorCount), completion);

        // What follows a Telnet line's read only parses and tells an actor, so it may run where the socket was polled instead of on another thread. Measured on 200 real FRR
        // routers: 8 % less CPU per session. The runtime reads this when the first socket is made.
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
    }

    /// <summary>Takes <see cref="Tune"/> back, before any socket is used: a node serves an API and a database beside its devices, and their work may wait on the pool.</summary>
    public static void TuneForNode()
    {
        ThreadPool.GetMaxThreads(out _, out var completion);
        ThreadPool.SetMaxThreads(1000, completion);
        ThreadPool.GetMinThreads(out _, out var least);
        ThreadPool.SetMinThreads(Math.Max(8, 2 * Environment.ProcessorCount), least);
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", null);
    }
}
