namespace Trigger.Kernel.Persistence.Journal;

/// <summary>An adapter for one direction; in the other one nothing changes.</summary>
internal sealed class OneWayEventAdapter(IReadEventAdapter? read, IWriteEventAdapter? write) : IEventAdapter
{
    public IEventSequence FromJournal(object evt, string manifest) => read?.FromJournal(evt, manifest) ?? EventSequence.Single(evt);

    public string Manifest(object evt) => write?.Manifest(evt) ?? "";

    public object ToJournal(object evt) => write?.ToJournal(evt) ?? evt;
}
