using System.Text.RegularExpressions;
using Trigger.Kernel.Event;

namespace Trigger.Lab.TestKit.EventFilters;

/// <summary>Makes filters on the log of a system. Events are counted as they are published on the event stream, so the system's log level applies.</summary>
public sealed class EventFilterFactory
{
    private readonly TestKitBase kit;
    private readonly TestEventListener listener;
    private readonly IReadOnlyList<EventFilterBase> before;

    internal EventFilterFactory(TestKitBase kit, TestEventListener listener, IReadOnlyList<EventFilterBase>? before = null)
    {
        this.kit = kit;
        this.listener = listener;
        this.before = before ?? [];
    }

    /// <summary>Errors caused by an exception of the type; a text is compared with the event's own and with the exception's and its inner ones' messages.</summary>
    public EventFilterApplier Exception<TException>(string? message = null, string? start = null, string? contains = null, string? source = null)
        where TException : Exception => Exception(typeof(TException), message, start, contains, source);

    public EventFilterApplier Exception<TException>(Regex pattern, string? source = null)
        where TException : Exception => Exception(typeof(TException), EventFilterBase.OnText(null, pattern, null, null), source);

    public EventFilterApplier Exception(Type exceptionType, string? message = null, string? start = null, string? contains = null, string? source = null) =>
        Exception(exceptionType, EventFilterBase.OnText(message, null, start, contains), source);

    public EventFilterApplier Error(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        At<Error>(EventFilterBase.OnText(message, null, start, contains), source);

    public EventFilterApplier Error(Regex pattern, string? source = null) => At<Error>(EventFilterBase.OnText(null, pattern, null, null), source);

    public EventFilterApplier Warning(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        At<Warning>(EventFilterBase.OnText(message, null, start, contains), source);

    public EventFilterApplier Warning(Regex pattern, string? source = null) => At<Warning>(EventFilterBase.OnText(null, pattern, null, null), source);

    public EventFilterApplier Info(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        At<Info>(EventFilterBase.OnText(message, null, start, contains), source);

    public EventFilterApplier Info(Regex pattern, string? source = null) => At<Info>(EventFilterBase.OnText(null, pattern, null, null), source);

    public EventFilterApplier Debug(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        At<Debug>(EventFilterBase.OnText(message, null, start, contains), source);

    public EventFilterApplier Debug(Regex pattern, string? source = null) => At<Debug>(EventFilterBase.OnText(null, pattern, null, null), source);

    public EventFilterApplier DeadLetter() => DeadLetter(static _ => true, null);

    public EventFilterApplier DeadLetter<TMessage>(string? source = null) => DeadLetter(static message => message is TMessage, source);

    public EventFilterApplier DeadLetter<TMessage>(Predicate<TMessage> isMatch, string? source = null) => DeadLetter(message => message is TMessage fits && isMatch(fits), source);

    public EventFilterApplier DeadLetter(Type type, string? source = null) => DeadLetter(type.IsInstanceOfType, source);

    public EventFilterApplier Custom(Predicate<LogEvent> predicate) => Apply(predicate);

    public EventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate)
        where TLogEvent : LogEvent => Apply(seen => seen is TLogEvent fits && predicate(fits));

    private EventFilterApplier Exception(Type type, Predicate<string> text, string? source) => Apply(seen =>
        seen is Error { Cause: { } cause } && type.IsInstanceOfType(cause) && From(seen, source) && (text(Text(seen)) || Messages(cause).Any(message => text(message))));

    private EventFilterApplier At<TLogEvent>(Predicate<string> text, string? source)
        where TLogEvent : LogEvent => Apply(seen => seen is TLogEvent && seen.Message is not Kernel.Event.DeadLetter && From(seen, source) && text(Text(seen)));

    private EventFilterApplier DeadLetter(Predicate<object> message, string? source) =>
        Apply(seen => seen.Message is Kernel.Event.DeadLetter letter && message(letter.Message) && From(seen, source));

    private EventFilterApplier Apply(Predicate<LogEvent> matches) => new(kit, listener, [.. before, new EventFilterBase(matches)]);

    private static string Text(LogEvent seen) => seen.Message.ToString() ?? "";

    private static bool From(LogEvent seen, string? source) => source is null || seen.LogSource == source || seen.LogSource.StartsWith(source + "#", StringComparison.Ordinal);

    private static IEnumerable<string> Messages(Exception? cause)
    {
        for (; cause is not null; cause = cause.InnerException)
            yield return cause.Message;
    }
}
