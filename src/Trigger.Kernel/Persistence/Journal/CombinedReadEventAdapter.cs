namespace Trigger.Kernel.Persistence.Journal;

/// <summary>Several adapters that were bound to one type: what is stored is read by each of them, in order. Nothing may be written through it, since nobody said by which.</summary>
public sealed class CombinedReadEventAdapter(IEnumerable<IEventAdapter> adapters) : IEventAdapter
{
    private readonly IEventAdapter[] _adapters = [.. adapters];

    public IEnumerable<IEventAdapter> Adapters => _adapters;

    public IEventSequence FromJournal(object evt, string manifest) =>
        EventSequence.Create(_adapters.SelectMany(adapter => adapter.FromJournal(evt, manifest).Events));

    public string Manifest(object evt) => throw Refusal(evt);

    public object ToJournal(object evt) => throw Refusal(evt);

    private InvalidOperationException Refusal(object evt) =>
        new($"[{evt.GetType()}] is bound to {_adapters.Length} adapters, which can only read it. Bind what is written to one adapter.");
}
