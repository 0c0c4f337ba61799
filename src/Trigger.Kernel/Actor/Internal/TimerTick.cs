namespace Trigger.Kernel.Actor.Internal;

/// <summary>A timer's message on its way; it counts only while its timer is still the one of that key.</summary>
internal sealed class TimerTick(Timers owner, object key, object message, bool repeats) : AutoReceivedMessage
{
    internal Timers Owner { get; } = owner;

    internal object Key { get; } = key;

    internal object Message { get; } = message;

    internal bool Repeats { get; } = repeats;

    internal ScheduledEntry? Entry { get; set; }
}
