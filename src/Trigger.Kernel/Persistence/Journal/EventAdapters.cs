using System.Collections.Concurrent;

namespace Trigger.Kernel.Persistence.Journal;

/// <summary>
/// Which adapter an event goes through: that of the most derived type it was bound to. Built in code and given to <see cref="Hosting.JournalSetup"/>,
/// where Akka.NET names types in its configuration. Immutable.
/// </summary>
public sealed class EventAdapters
{
    public static readonly EventAdapters None = new([]);

    private readonly (Type Type, IEventAdapter Adapter)[] _bindings;
    private readonly ConcurrentDictionary<Type, IEventAdapter> _known = new();

    private EventAdapters((Type Type, IEventAdapter Adapter)[] bindings) => _bindings = bindings;

    internal bool IsEmpty => _bindings.Length == 0;

    public EventAdapters Bind<TEvent>(IEventAdapter adapter) => Bind(typeof(TEvent), adapter);

    /// <param name="type">A class or interface; its subtypes go through the adapter too unless they are bound themselves.</param>
    public EventAdapters Bind(Type type, IEventAdapter adapter) => new([.. _bindings.Where(binding => binding.Type != type), (type, adapter)]);

    public IEventAdapter Get<T>() => Get(typeof(T));

    public IEventAdapter Get(Type type) => _known.GetOrAdd(type, static (wanted, bindings) =>
    {
        var best = (Type: typeof(object), Adapter: (IEventAdapter)IdentityEventAdapter.Instance);
        foreach (var binding in bindings)
        {
            if (binding.Type.IsAssignableFrom(wanted) && best.Type.IsAssignableFrom(binding.Type))
                best = binding;
        }

        return best.Adapter;
    }, _bindings);

    internal AtomicWrite ToJournal(AtomicWrite write) => IsEmpty ? write : new AtomicWrite([.. write.Payload.Select(ToJournal)]);

    internal IEnumerable<IPersistentRepresentation> FromJournal(IPersistentRepresentation stored) =>
        IsEmpty ? [stored] : Get(stored.Payload.GetType()).FromJournal(stored.Payload, stored.Manifest).Events.Select(stored.WithPayload);

    private IPersistentRepresentation ToJournal(IPersistentRepresentation @event)
    {
        var adapter = Get(@event.Payload.GetType());
        if (ReferenceEquals(adapter, IdentityEventAdapter.Instance))
            return @event;

        return @event.WithPayload(adapter.ToJournal(@event.Payload)).WithManifest(adapter.Manifest(@event.Payload));
    }
}
