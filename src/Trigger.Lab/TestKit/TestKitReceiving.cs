using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Trigger.Kernel.Actor;

namespace Trigger.Lab.TestKit;

/// <summary>The part of a kit that takes messages out of the test actor's queue. Asynchronous forms hold no thread while they wait.</summary>
public abstract class TestKitReceiving : TestKitTiming
{
    private protected TestKitReceiving(ITestKitAssertions assertions, TestKitSettings settings)
        : base(assertions, settings)
    {
    }

    /// <summary>Whether messages wait to be looked at.</summary>
    public bool HasMessages => Received.Reader.TryPeek(out _);

    /// <summary>Who sent the message taken last.</summary>
    public IActorRef LastSender => LastMessage.Sender;

    private protected Channel<MessageEnvelope> Received { get; } = Channel.CreateUnbounded<MessageEnvelope>();

    private protected MessageEnvelope LastMessage { get; private set; } = MessageEnvelope.None;

    /// <summary>The next message, or null when none comes in time.</summary>
    public object? ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) => ReceiveOneAsync(max, cancellationToken).AsTask().GetAwaiter().GetResult();

    public async ValueTask<object?> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await TryReceiveOneAsync(max, cancellationToken).ConfigureAwait(false)).Envelope.Message;

    public bool TryReceiveOne(out MessageEnvelope envelope, TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        (var success, envelope) = TryReceiveOneAsync(max, cancellationToken).AsTask().GetAwaiter().GetResult();
        return success;
    }

    public async ValueTask<(bool Success, MessageEnvelope Envelope)> TryReceiveOneAsync(TimeSpan? max, CancellationToken cancellationToken = default)
    {
        var success = await Arrival(max, cancellationToken).ConfigureAwait(false);
        LastMessage = success && Received.Reader.TryRead(out var envelope) ? envelope : MessageEnvelope.None;
        return (success, LastMessage);
    }

    /// <summary>The next message, which stays where it is; null when none comes in time.</summary>
    public object? PeekOne(TimeSpan? max = null, CancellationToken cancellationToken = default) => PeekOneAsync(max, cancellationToken).AsTask().GetAwaiter().GetResult();

    public async ValueTask<object?> PeekOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        await Arrival(max, cancellationToken).ConfigureAwait(false) && Received.Reader.TryPeek(out var envelope) ? envelope.Message : null;

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) => Collected(ReceiveNAsync(numberOfMessages, cancellationToken));

    /// <summary>So many messages, or the test fails.</summary>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        Collected(ReceiveNAsync(numberOfMessages, max, cancellationToken));

    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, CancellationToken cancellationToken = default) =>
        Several(numberOfMessages, RemainingOrDefault, cancellationToken);

    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        Several(numberOfMessages, Dilated(max), cancellationToken);

    private async IAsyncEnumerable<object> Several(int numberOfMessages, TimeSpan max, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var patience = new Patience(max);
        for (var i = 0; i < numberOfMessages; i++)
        {
            yield return await ReceiveRawAsync(patience.Left, cancellationToken).ConfigureAwait(false)
                ?? throw Failure($"Timeout ({max}) while expecting {numberOfMessages} messages. Only got {i} after {patience.Passed}.", hint: null);
        }
    }

    public IReadOnlyList<object> ReceiveWhile(Predicate<object> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        Collected(ReceiveWhileAsync(shouldContinue, max, idle, msgs, cancellationToken));

    public IReadOnlyList<T> ReceiveWhile<T>(TimeSpan? max, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default)
        where T : class => Collected(ReceiveWhileAsync(filter, max, Timeout.InfiniteTimeSpan, msgs, cancellationToken));

    public IReadOnlyList<T> ReceiveWhile<T>(Func<object, T?> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default)
        where T : class => Collected(ReceiveWhileAsync(filter, max, idle, msgs, cancellationToken));

    public IAsyncEnumerable<object> ReceiveWhileAsync(Predicate<object> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        ReceiveWhileAsync(message => shouldContinue(message) ? message : null, max, idle, msgs, cancellationToken);

    /// <summary>Messages as long as the filter answers for them. The first it has no answer for stays in the queue.</summary>
    /// <param name="filter">Null ends it.</param>
    /// <param name="max">All together.</param>
    /// <param name="idle">Between two messages.</param>
    /// <param name="msgs">At most so many.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        Func<object, T?> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : class
    {
        var patience = new Patience(RemainingOrDilated(max));
        var pause = idle is { } given && given != Timeout.InfiniteTimeSpan ? Dilated(given) : TimeSpan.MaxValue;
        for (var i = 0; i < msgs; i++)
        {
            var wait = patience.Left < pause ? patience.Left : pause;
            if (!await ArrivalRaw(wait, cancellationToken).ConfigureAwait(false) || !Received.Reader.TryPeek(out var next) || filter(next.Message!) is not { } answer)
                break;
            if (Received.Reader.TryRead(out var taken))
                LastMessage = taken;
            yield return answer;
        }
    }

    public object FishForMessage(Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    public T FishForMessage<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessageAsync(isMessage, max, hint, cancellationToken).AsTask().GetAwaiter().GetResult();

    public ValueTask<object> FishForMessageAsync(Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessageAsync<object>(isMessage, max, hint, cancellationToken);

    public ValueTask<T> FishForMessageAsync<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessageAsync(isMessage, allMessages: null, max, hint, cancellationToken);

    /// <summary>Throws messages away until one fits.</summary>
    /// <param name="isMessage">Whether it fits.</param>
    /// <param name="allMessages">Given those that were thrown away.</param>
    /// <param name="max">All together.</param>
    /// <param name="hint">For the failure.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage, System.Collections.ArrayList? allMessages, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default)
    {
        var patience = new Patience(RemainingOrDilated(max));
        allMessages?.Clear();
        while (true)
        {
            var message = await ReceiveRawAsync(patience.Left, cancellationToken).ConfigureAwait(false)
                ?? throw Failure($"Timeout ({patience.Limit}) during fishForMessage of {typeof(T)}.", hint);
            if (message is T fits && isMessage(fits))
                return fits;
            allMessages?.Add(message);
        }
    }

    public async Task FishUntilMessageAsync<T>(TimeSpan? max = null, System.Collections.ArrayList? allMessages = null, string hint = "", CancellationToken cancellationToken = default) =>
        await FishForMessageAsync<T>(static _ => true, allMessages, max, hint, cancellationToken).ConfigureAwait(false);

    /// <summary>Throws messages away until none has come for a while.</summary>
    /// <param name="max">How long silence is.</param>
    /// <param name="maxMessages">Fails after so many.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>What was thrown away.</returns>
    public async Task<System.Collections.ArrayList> WaitForRadioSilenceAsync(TimeSpan? max = null, uint? maxMessages = null, CancellationToken cancellationToken = default)
    {
        var messages = new System.Collections.ArrayList();
        while (await ReceiveRawAsync(RemainingOrDilated(max), cancellationToken).ConfigureAwait(false) is { } message)
        {
            messages.Add(message);
            if (messages.Count >= maxMessages)
                throw Failure($"maxMessages violated, expected less than {maxMessages} messages before silence.", hint: null);
        }

        return messages;
    }

    private protected async ValueTask<object?> ReceiveRawAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (await ArrivalRaw(wait, cancellationToken).ConfigureAwait(false) && Received.Reader.TryRead(out var envelope))
            return (LastMessage = envelope).Message;
        LastMessage = MessageEnvelope.None;
        return null;
    }

    private protected static List<T> Collected<T>(IAsyncEnumerable<T> messages) => Collect(messages).GetAwaiter().GetResult();

    private static async Task<List<T>> Collect<T>(IAsyncEnumerable<T> messages)
    {
        var all = new List<T>();
        await foreach (var message in messages.ConfigureAwait(false))
            all.Add(message);
        return all;
    }

    private ValueTask<bool> Arrival(TimeSpan? max, CancellationToken cancellationToken) => ArrivalRaw(RemainingOrDilated(max), cancellationToken);

    private async ValueTask<bool> ArrivalRaw(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (Received.Reader.TryPeek(out _))
            return true;
        if (wait == TimeSpan.Zero)
            return false;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (wait > TimeSpan.Zero && wait < TimeSpan.FromDays(20))
            limit.CancelAfter(wait);
        try
        {
            return await Received.Reader.WaitToReadAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>One limit for several messages.</summary>
    private protected readonly struct Patience(TimeSpan limit)
    {
        private readonly long start = TimeProvider.System.GetTimestamp();

        public TimeSpan Limit => limit;

        public TimeSpan Passed => TimeProvider.System.GetElapsedTime(start);

        public TimeSpan Left => limit == Timeout.InfiniteTimeSpan ? limit : limit > Passed ? limit - Passed : TimeSpan.Zero;
    }
}
