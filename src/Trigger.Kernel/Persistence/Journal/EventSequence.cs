namespace Trigger.Kernel.Persistence.Journal;

public static class EventSequence
{
    public static readonly IEventSequence Empty = new Several([]);

    public static IEventSequence Single(object e) => new Several([e]);

    public static IEventSequence Create(params object[] events) => new Several(events);

    public static IEventSequence Create(IEnumerable<object> events) => new Several([.. events]);

    private sealed record Several(object[] All) : IEventSequence
    {
        public IEnumerable<object> Events => All;
    }
}
