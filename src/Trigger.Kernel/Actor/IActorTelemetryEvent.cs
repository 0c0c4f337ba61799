namespace Trigger.Kernel.Actor;

/// <summary>A step in an actor's life, published on the event stream when <c>akka.actor.telemetry.enabled</c> is on.</summary>
public interface IActorTelemetryEvent : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout
{
    IActorRef Subject { get; }

    Type ActorType { get; }

    /// <summary>A name in place of the type's; never set by this kernel.</summary>
    string ActorTypeOverride { get; }
}

public sealed record ActorStarted(IActorRef Subject, Type ActorType, string ActorTypeOverride = "") : IActorTelemetryEvent;

public sealed record ActorStopped(IActorRef Subject, Type ActorType, string ActorTypeOverride = "") : IActorTelemetryEvent;

public sealed record ActorRestarted(IActorRef Subject, Type ActorType, Exception Reason, string ActorTypeOverride = "") : IActorTelemetryEvent;
