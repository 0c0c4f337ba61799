using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Event;

/// <summary>A bus of objects by type, with a level below which log events are not published.</summary>
public abstract class LoggingBus : ActorEventBus<object, Type>
{
    public LogLevel LogLevel { get; private protected set; } = LogLevel.InfoLevel;

    public void SetLogLevel(LogLevel logLevel) => LogLevel = logLevel;

    protected override bool IsSubClassification(Type parent, Type child) => parent.IsAssignableFrom(child);

    protected override void Publish(object @event, IActorRef subscriber) => subscriber.Tell(@event, ActorRefs.NoSender);

    protected override bool Classify(object @event, Type classifier) => classifier.IsInstanceOfType(@event);

    protected override Type GetClassifier(object @event) => @event.GetType();
}
