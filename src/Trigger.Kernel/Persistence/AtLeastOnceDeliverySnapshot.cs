namespace Trigger.Kernel.Persistence;

/// <summary>The unconfirmed messages of an actor at one moment.</summary>
public sealed class AtLeastOnceDeliverySnapshot : IEquatable<AtLeastOnceDeliverySnapshot>
{
    public AtLeastOnceDeliverySnapshot(long currentDeliveryId, UnconfirmedDelivery[] unconfirmedDeliveries)
    {
        CurrentDeliveryId = currentDeliveryId;
        UnconfirmedDeliveries = unconfirmedDeliveries ?? throw new ArgumentNullException(nameof(unconfirmedDeliveries));
    }

    /// <summary>The last id that was given.</summary>
    public long CurrentDeliveryId { get; }

    public UnconfirmedDelivery[] UnconfirmedDeliveries { get; }

    public bool Equals(AtLeastOnceDeliverySnapshot? other) =>
        other is not null && CurrentDeliveryId == other.CurrentDeliveryId && UnconfirmedDeliveries.SequenceEqual(other.UnconfirmedDeliveries);

    public override bool Equals(object? obj) => Equals(obj as AtLeastOnceDeliverySnapshot);

    public override int GetHashCode() => HashCode.Combine(CurrentDeliveryId, UnconfirmedDeliveries.Length);
}
