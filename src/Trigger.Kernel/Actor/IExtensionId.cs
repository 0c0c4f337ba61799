namespace Trigger.Kernel.Actor;

/// <summary>How to make and find an extension.</summary>
public interface IExtensionId
{
    Type ExtensionType { get; }

    /// <summary>The system's one instance, made at the first call.</summary>
    object Apply(ActorSystem system);

    object Get(ActorSystem system);

    object CreateExtension(ExtendedActorSystem system);
}
