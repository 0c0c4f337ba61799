using System.Runtime.CompilerServices;
using Trigger.Kernel.Actor;

namespace Trigger.Lab.TestKit;

/// <summary>The part of a kit that says what the next message must be. An expectation takes exactly one message and fails at once when it is another.</summary>
public abstract class TestKitExpecting : TestKitReceiving
{
    private protected TestKitExpecting(ITestKitAssertions assertions, TestKitSettings settings)
        : base(assertions, settings)
    {
    }

    public T ExpectMsg<T>(TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgAsync<T>(duration, hint, cancellationToken));

    public T ExpectMsg<T>(T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgAsync(message, timeout, hint, cancellationToken));

    public T ExpectMsg<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgAsync(isMessage, timeout, hint, cancellationToken));

    public T ExpectMsg<T>(Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgAsync(assert, timeout, hint, cancellationToken));

    public T ExpectMsg<T>(Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgAsync(isMessageAndSender, timeout, hint, cancellationToken));

    public T ExpectMsg<T>(Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgAsync(assertMessageAndSender, timeout, hint, cancellationToken));

    public T ExpectMsg<T>(T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgAsync(expected, comparer, timeout, hint, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expected<T>(duration, hint, (_, _) => { }, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectMsgAsync(message, static (expected, actual) => Equals(expected, actual), timeout, hint, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expected<T>(timeout, hint, (message, _) => Hold(isMessage(message), message!, hint), cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expected<T>(timeout, hint, (message, _) => assert(message), cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expected<T>(timeout, hint, (message, sender) => Hold(isMessageAndSender(message, sender), message!, hint), cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expected(timeout, hint, assertMessageAndSender, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expected<T>(timeout, hint, (message, _) => Assertions.AssertEqual(expected, message, comparer, "{0}", hint), cancellationToken);

    public T ExpectMsgFrom<T>(IActorRef sender, TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgFromAsync<T>(sender, duration, hint, cancellationToken));

    public T ExpectMsgFrom<T>(IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgFromAsync(sender, message, timeout, hint, cancellationToken));

    public T ExpectMsgFrom<T>(IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgFromAsync(sender, isMessage, timeout, hint, cancellationToken));

    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectMsgFromAsync<T>(sender, static _ => true, duration, hint, cancellationToken);

    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expected<T>(timeout, hint, (actual, from) => Assertions.AssertEqual(message, From(sender, from, actual, hint), "{0}", hint), cancellationToken);

    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expected<T>(timeout, hint, (message, from) => Hold(isMessage(From(sender, from, message, hint)), message!, hint), cancellationToken);

    public Terminated ExpectTerminated(IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectTerminatedAsync(target, timeout, hint, cancellationToken));

    public ValueTask<Terminated> ExpectTerminatedAsync(IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectMsgAsync<Terminated>(notice => notice.ActorRef.Equals(target), timeout, hint ?? $"Terminated {target}", cancellationToken);

    /// <summary>Waits the whole default window, and fails when a message comes.</summary>
    public void ExpectNoMsg(CancellationToken cancellationToken = default) => ExpectNoMsgAsync(cancellationToken).AsTask().GetAwaiter().GetResult();

    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) => ExpectNoMsgAsync(duration, cancellationToken).AsTask().GetAwaiter().GetResult();

    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) => ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    public ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) => Silence(RemainingOrDefault, cancellationToken);

    public ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default) => Silence(Dilated(duration), cancellationToken);

    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) => ExpectNoMsgAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) => Wait(ExpectMsgAnyOfAsync(messages, cancellationToken));

    public T ExpectMsgAnyOf<T>(params T[] messages) => ExpectMsgAnyOf(messages, CancellationToken.None);

    public ValueTask<T> ExpectMsgAnyOfAsync<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default)
    {
        T[] all = [.. messages];
        return ExpectMsgAsync<T>(message => all.Contains(message), hint: $"any of [{string.Join(", ", all)}]", cancellationToken: cancellationToken);
    }

    /// <summary>Each of the messages once, in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) => ExpectMsgAllOf(messages, CancellationToken.None);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Collected(ExpectMsgAllOfAsync(messages, cancellationToken));

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) => Collected(ExpectMsgAllOfAsync(max, messages));

    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(params T[] messages) => ExpectMsgAllOfAsync(RemainingOrDefault, messages, CancellationToken.None);

    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        ExpectMsgAllOfAsync(RemainingOrDefault, messages, cancellationToken);

    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(TimeSpan max, params T[] messages) => ExpectMsgAllOfAsync(Dilated(max), messages, CancellationToken.None);

    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(params PredicateInfo[] predicates) => Collected(ExpectMsgAllOfMatchingPredicatesAsync(predicates));

    public IAsyncEnumerable<object> ExpectMsgAllOfMatchingPredicatesAsync(params PredicateInfo[] predicates) =>
        ExpectMsgAllOfMatchingPredicatesAsync(RemainingOrDefault, predicates);

    public async IAsyncEnumerable<object> ExpectMsgAllOfMatchingPredicatesAsync(TimeSpan max, PredicateInfo[] predicates, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var received = new List<object>();
        await foreach (var message in ReceiveNAsync(predicates.Length, max, cancellationToken).ConfigureAwait(false))
            received.Add(message);
        if (predicates.Where(wanted => !received.Exists(message => wanted.Accepts(message))).ToList() is { Count: > 0 } missing)
            throw Failure($"No message matched the predicates for [{string.Join(", ", missing.Select(wanted => wanted.Type))}]; received [{string.Join(", ", received)}].", hint: null);
        if (received.Where(message => !Array.Exists(predicates, wanted => wanted.Accepts(message))).ToList() is { Count: > 0 } strange)
            throw Failure($"Unexpected messages [{string.Join(", ", strange)}].", hint: null);
        foreach (var message in received)
            yield return message;
    }

    private async IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(TimeSpan limit, IReadOnlyCollection<T> messages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var patience = new Patience(limit);
        var received = new List<object>();
        while (received.Count < messages.Count)
        {
            received.Add(await ReceiveRawAsync(patience.Left, cancellationToken).ConfigureAwait(false)
                ?? throw Failure($"Timeout ({limit}) while expecting {messages.Count} messages. Got [{string.Join(", ", received)}].", hint: null));
        }

        var strange = new List<object>(received);
        T[] missing = [.. messages.Where(wanted => !strange.Remove(wanted!))];
        if (missing.Length > 0)
            throw Failure($"Did not receive [{string.Join(", ", missing)}], but [{string.Join(", ", strange)}].", hint: null);
        foreach (var message in received)
            yield return (T)message;
    }

    private async ValueTask<T> Expected<T>(TimeSpan? timeout, string? hint, Action<T, IActorRef> check, CancellationToken cancellationToken)
    {
        var limit = RemainingOrDilated(timeout);
        var message = await ReceiveRawAsync(limit, cancellationToken).ConfigureAwait(false);
        if (message is null)
            throw Failure($"Failed: Timeout {limit} while waiting for a message of type {typeof(T)}.", hint);
        if (message is not T expected)
            throw Failure($"Failed: Expected a message of type {typeof(T)}, but received {{{message}}} (type {message.GetType()}) instead from {LastSender}.", hint);
        check(expected, LastSender);
        return expected;
    }

    private async ValueTask Silence(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (await ReceiveRawAsync(limit, cancellationToken).ConfigureAwait(false) is { } message)
            throw Failure($"Failed: Expected no messages during {limit}, instead we received {message} from {LastSender}.", hint: null);
    }

    private T From<T>(IActorRef expected, IActorRef actual, T message, string? hint)
    {
        Assertions.AssertEqual(expected, actual, static (a, b) => Equals(a, b), "{0}", hint ?? $"Sender of {message}.");
        return message;
    }

    private void Hold(bool holds, object message, string? hint)
    {
        if (!holds)
            throw Failure($"Failed: Got a message of the expected type <{message.GetType()}>, but it did not satisfy the predicate: {message}", hint);
    }

    private static T Wait<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();
}
