using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Event;

public static class Logging
{
    /// <summary>A log under the actor's path and class.</summary>
    public static ILoggingAdapter GetLogger(this IActorContext context) =>
        new BusLogging(context.System.EventStream, context.Self.Path.ToString(), context.Props.Type, ((ActorCell)context).System.Time);

    public static ILoggingAdapter GetLogger(ActorSystem system, object logSource) =>
        new BusLogging(system.EventStream, logSource as string ?? logSource.ToString() ?? "", logSource as Type ?? logSource.GetType(), system.Time);
}
