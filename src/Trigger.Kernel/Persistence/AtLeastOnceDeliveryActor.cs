using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Persistence;

/// <summary>A persistent actor whose messages are sent until they are confirmed.</summary>
public abstract class AtLeastOnceDeliveryActor : PersistentActor
{
    private readonly AtLeastOnceDeliverySemantic _delivery;

    protected AtLeastOnceDeliveryActor()
        : this(static settings => settings)
    {
    }

    protected AtLeastOnceDeliveryActor(PersistenceSettings.AtLeastOnceDeliverySettings settings) => _delivery = new AtLeastOnceDeliverySemantic(Cell, settings);

    /// <param name="overrideSettings">Given the system's settings, answers this actor's.</param>
    protected AtLeastOnceDeliveryActor(
        Func<PersistenceSettings.AtLeastOnceDeliverySettings, PersistenceSettings.AtLeastOnceDeliverySettings> overrideSettings) =>
        _delivery = new AtLeastOnceDeliverySemantic(Cell, overrideSettings(Extension.Settings.AtLeastOnceDelivery));

    public TimeSpan RedeliverInterval => _delivery.RedeliverInterval;

    public int RedeliveryBurstLimit => _delivery.RedeliveryBurstLimit;

    public int WarnAfterNumberOfUnconfirmedAttempts => _delivery.WarnAfterNumberOfUnconfirmedAttempts;

    public int MaxUnconfirmedMessages => _delivery.MaxUnconfirmedMessages;

    public int UnconfirmedCount => _delivery.UnconfirmedCount;

    /// <summary>Sends a message until it is confirmed. Called in a handler of an event, so that it is remembered across restarts.</summary>
    /// <exception cref="MaxUnconfirmedMessagesExceededException">Too many are unconfirmed.</exception>
    public void Deliver(ActorPath destination, Func<long, object> deliveryMessageMapper) => _delivery.Deliver(destination, deliveryMessageMapper, IsRecovering);

    /// <exception cref="InvalidOperationException">The selection is a pattern: nobody could tell how many must confirm.</exception>
    public void Deliver(ActorSelection destination, Func<long, object> deliveryMessageMapper) => Deliver(destination.PathOfOne(), deliveryMessageMapper);

    /// <returns>False when it was confirmed before, or never delivered.</returns>
    public bool ConfirmDelivery(long deliveryId) => _delivery.ConfirmDelivery(deliveryId);

    public AtLeastOnceDeliverySnapshot GetDeliverySnapshot() => _delivery.GetDeliverySnapshot();

    public void SetDeliverySnapshot(AtLeastOnceDeliverySnapshot snapshot) => _delivery.SetDeliverySnapshot(snapshot);

    public override void AroundPreRestart(Exception cause, object? message)
    {
        _delivery.Cancel();
        base.AroundPreRestart(cause, message);
    }

    public override void AroundPostStop()
    {
        _delivery.Cancel();
        base.AroundPostStop();
    }

    protected override void OnReplaySuccess()
    {
        _delivery.OnReplaySuccess();
        base.OnReplaySuccess();
    }

    protected override bool AroundReceive(Receive receive, object message) => _delivery.AroundReceive(receive, message) || base.AroundReceive(receive, message);
}
