namespace Trigger.Lab.TestKit;

/// <summary>A message of a type that a predicate accepts; see <see cref="TestKitExpecting.ExpectMsgAllOfMatchingPredicates(PredicateInfo[])"/>.</summary>
public sealed class PredicateInfo
{
    private PredicateInfo(Type type, Func<object, bool> accepts) => (Type, Accepts) = (type, accepts);

    public Type Type { get; }

    internal Func<object, bool> Accepts { get; }

    public static PredicateInfo Create<T>(Predicate<T> predicate) => new(typeof(T), message => message is T fits && predicate(fits));
}
