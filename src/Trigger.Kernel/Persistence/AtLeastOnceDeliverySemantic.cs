using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;

namespace Trigger.Kernel.Persistence;

/// <summary>
/// The messages of a persistent actor that nobody has confirmed yet. What is delivered while the actor recovers is only remembered; when the recovery
/// ends, all that is unconfirmed is sent, and again whenever it stays so for the redeliver interval. The order is kept at the first attempt only.
/// </summary>
public class AtLeastOnceDeliverySemantic
{
    private readonly IActorContext _context;
    private readonly PersistenceSettings.AtLeastOnceDeliverySettings _settings;
    private readonly SortedDictionary<long, Delivery> _unconfirmed = [];
    private long _lastId;
    private ICancelable? _ticking;

    public AtLeastOnceDeliverySemantic(IActorContext context, PersistenceSettings.AtLeastOnceDeliverySettings settings)
    {
        _context = context;
        _settings = settings;
    }

    public TimeSpan RedeliverInterval => _settings.RedeliverInterval;

    public int RedeliveryBurstLimit => _settings.RedeliveryBurstLimit;

    public int WarnAfterNumberOfUnconfirmedAttempts => _settings.WarnAfterNumberOfUnconfirmedAttempts;

    public int MaxUnconfirmedMessages => _settings.MaxUnconfirmedMessages;

    public int UnconfirmedCount => _unconfirmed.Count;

    private DateTime Now => _context.System.Scheduler.Now.UtcDateTime;

    /// <param name="deliveryMessageMapper">Makes the message; given the id that the confirmation must bring back.</param>
    /// <exception cref="MaxUnconfirmedMessagesExceededException">Too many are unconfirmed.</exception>
    public void Deliver(ActorPath destination, Func<long, object> deliveryMessageMapper, bool isRecovering)
    {
        if (_unconfirmed.Count >= MaxUnconfirmedMessages)
            throw new MaxUnconfirmedMessagesExceededException($"{_context.Self.Path} has {_unconfirmed.Count} unconfirmed messages, and no more are allowed.");

        var id = ++_lastId;
        if (isRecovering)
            _unconfirmed[id] = new Delivery(destination, deliveryMessageMapper(id), Now - RedeliverInterval, attempt: 0);
        else
            Send(id, new Delivery(destination, deliveryMessageMapper(id), Now, attempt: 0), Now);
    }

    /// <returns>False when it was confirmed before, or never delivered.</returns>
    public bool ConfirmDelivery(long deliveryId) => _unconfirmed.Remove(deliveryId);

    /// <summary>What belongs into a snapshot, or the deliveries before it would be forgotten.</summary>
    public AtLeastOnceDeliverySnapshot GetDeliverySnapshot() =>
        new(_lastId, [.. _unconfirmed.Select(pair => new UnconfirmedDelivery(pair.Key, pair.Value.Destination, pair.Value.Message))]);

    public void SetDeliverySnapshot(AtLeastOnceDeliverySnapshot snapshot)
    {
        _lastId = snapshot.CurrentDeliveryId;
        _unconfirmed.Clear();
        foreach (var delivery in snapshot.UnconfirmedDeliveries)
            _unconfirmed[delivery.DeliveryId] = new Delivery(delivery.Destination, delivery.Message, Now - RedeliverInterval, attempt: 0);
    }

    public void OnReplaySuccess()
    {
        RedeliverOverdue();
        var tick = RedeliverInterval / 2;
        _ticking = _context.System.Scheduler.ScheduleTellRepeatedlyCancelable(tick, tick, _context.Self, RedeliveryTick.Instance, _context.Self);
    }

    public void Cancel() => _ticking?.Cancel();

    /// <returns>True when the message was its own.</returns>
    public bool AroundReceive(Receive receive, object message)
    {
        if (message is not RedeliveryTick)
            return false;

        RedeliverOverdue();
        return true;
    }

    private void RedeliverOverdue()
    {
        var now = Now;
        var deadline = now - RedeliverInterval;
        var overdue = _unconfirmed.Where(pair => pair.Value.Timestamp <= deadline).Take(RedeliveryBurstLimit).ToArray();
        List<UnconfirmedDelivery>? warnings = null;
        foreach (var (id, delivery) in overdue)
        {
            if (delivery.Attempt == WarnAfterNumberOfUnconfirmedAttempts)
                (warnings ??= []).Add(new UnconfirmedDelivery(id, delivery.Destination, delivery.Message));
            Send(id, delivery, now);
        }

        if (warnings is not null)
            _context.Self.Tell(new UnconfirmedWarning([.. warnings]), _context.Self);
    }

    private void Send(long id, Delivery delivery, DateTime now)
    {
        _unconfirmed[id] = new Delivery(delivery.Destination, delivery.Message, now, delivery.Attempt + 1);
        _context.ActorSelection(delivery.Destination).Tell(delivery.Message, _context.Self);
    }

    /// <summary>A message on its way.</summary>
    public sealed record Delivery
    {
        public Delivery(ActorPath destination, object message, DateTime timestamp, int attempt)
        {
            Destination = destination;
            Message = message;
            Timestamp = timestamp;
            Attempt = attempt;
        }

        public ActorPath Destination { get; }

        public object Message { get; }

        /// <summary>When it was sent last, in UTC.</summary>
        public DateTime Timestamp { get; }

        /// <summary>How often it was sent.</summary>
        public int Attempt { get; }

        public Delivery IncrementedCopy() => new(Destination, Message, Timestamp, Attempt + 1);
    }

    /// <summary>Time to look for what is overdue.</summary>
    public sealed class RedeliveryTick : INotInfluenceReceiveTimeout, IDeadLetterSuppression
    {
        private RedeliveryTick()
        {
        }

        public static RedeliveryTick Instance { get; } = new();

        public override string ToString() => "<RedeliveryTick>";
    }
}
