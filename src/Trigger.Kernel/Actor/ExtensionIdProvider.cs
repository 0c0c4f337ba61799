namespace Trigger.Kernel.Actor;

public abstract class ExtensionIdProvider<T>
    where T : class, IExtension
{
    public T Apply(ActorSystem system) => system.RegisterExtension(this);

    public T Get(ActorSystem system) => Apply(system);

    public abstract T CreateExtension(ActorSystem system);
}
