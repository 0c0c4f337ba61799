namespace Trigger.Kernel.Persistence;

/// <summary>Told to the actor itself when messages stay unconfirmed although they were sent often.</summary>
public sealed class UnconfirmedWarning : IEquatable<UnconfirmedWarning>
{
    public UnconfirmedWarning(UnconfirmedDelivery[] unconfirmedDeliveries) =>
        UnconfirmedDeliveries = unconfirmedDeliveries ?? throw new ArgumentNullException(nameof(unconfirmedDeliveries));

    public UnconfirmedDelivery[] UnconfirmedDeliveries { get; }

    public bool Equals(UnconfirmedWarning? other) => other is not null && UnconfirmedDeliveries.SequenceEqual(other.UnconfirmedDeliveries);

    public override bool Equals(object? obj) => Equals(obj as UnconfirmedWarning);

    public override int GetHashCode() => UnconfirmedDeliveries.Length;
}
