namespace Trigger.Kernel.Actor;

public static class ActorSystemWithExtensions
{
    /// <summary>The instance that was registered before.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static T WithExtension<T>(this ActorSystem system)
        where T : class, IExtension => system.GetExtension<T>()
            ?? throw new InvalidOperationException($"{system.Name} has no extension {typeof(T)}. Register it, or name its id: WithExtension<T, TId>().");

    /// <summary>The system's instance, made through a new id when it is the first call.</summary>
    public static T WithExtension<T, TI>(this ActorSystem system)
        where T : class, IExtension
        where TI : IExtensionId => system.WithExtension<T>(typeof(TI));

    public static T WithExtension<T>(this ActorSystem system, Type extensionId)
        where T : class, IExtension =>
        system.TryGetExtension<T>(out var known) ? known : (T)system.RegisterExtension((IExtensionId)Activator.CreateInstance(extensionId)!);
}
