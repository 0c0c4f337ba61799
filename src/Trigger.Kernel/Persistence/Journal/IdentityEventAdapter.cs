namespace Trigger.Kernel.Persistence.Journal;

/// <summary>Changes nothing.</summary>
public sealed class IdentityEventAdapter : IEventAdapter
{
    private IdentityEventAdapter()
    {
    }

    public static IdentityEventAdapter Instance { get; } = new();

    public IEventSequence FromJournal(object evt, string manifest) => EventSequence.Single(evt);

    public string Manifest(object evt) => "";

    public object ToJournal(object evt) => evt;
}
