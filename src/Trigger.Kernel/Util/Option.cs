namespace Trigger.Kernel.Util;

/// <summary>A value that may be absent.</summary>
public readonly struct Option<T> : IEquatable<Option<T>>
{
    private readonly T? _value;

    public Option(T value)
    {
        _value = value;
        HasValue = value is not null;
    }

    public static Option<T> None => default;

    public bool HasValue { get; }

    public bool IsEmpty => !HasValue;

    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T Value => HasValue ? _value! : throw new InvalidOperationException("The option has no value.");

    public static bool operator ==(Option<T> left, Option<T> right) => left.Equals(right);

    public static bool operator !=(Option<T> left, Option<T> right) => !left.Equals(right);

    public T GetOrElse(T fallback) => HasValue ? _value! : fallback;

    public bool Equals(Option<T> other) => HasValue == other.HasValue && EqualityComparer<T?>.Default.Equals(_value, other._value);

    public override bool Equals(object? obj) => obj is Option<T> other && Equals(other);

    public override int GetHashCode() => HasValue ? _value!.GetHashCode() : 0;

    public override string ToString() => HasValue ? $"Some<{_value}>" : "None";
}
