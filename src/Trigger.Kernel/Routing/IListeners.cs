namespace Trigger.Kernel.Routing;

/// <summary>An actor that others may listen to.</summary>
public interface IListeners
{
    ListenerSupport Listeners { get; }
}
