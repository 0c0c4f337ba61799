namespace Trigger.Kernel.Dispatch;

/// <summary>The names under which Akka.NET knows dispatchers. A system here has one, whatever name is asked for.</summary>
public static class Dispatchers
{
    public const string DefaultDispatcherId = "akka.actor.default-dispatcher";

    public const string SynchronizedDispatcherId = "akka.actor.synchronized-dispatcher";
}
