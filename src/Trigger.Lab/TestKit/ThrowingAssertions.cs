namespace Trigger.Lab.TestKit;

/// <summary>Throws <see cref="TestKitException"/>, which every test framework shows as a failure.</summary>
public sealed class ThrowingAssertions : ITestKitAssertions
{
    public void Fail(string format = "", params object?[] args) => throw new TestKitException(Text(format, args));

    public void AssertTrue(bool condition, string format = "", params object?[] args)
    {
        if (!condition)
            Fail(format, args);
    }

    public void AssertFalse(bool condition, string format = "", params object?[] args) => AssertTrue(!condition, format, args);

    public void AssertEqual<T>(T expected, T actual, string format = "", params object?[] args) =>
        AssertEqual(expected, actual, (a, b) => Equals(a, b), format, args);

    public void AssertEqual<T>(T expected, T actual, Func<T, T, bool> comparer, string format = "", params object?[] args)
    {
        if (!comparer(expected, actual))
            throw new TestKitException($"{Text(format, args)} Expected [{expected}], got [{actual}].".TrimStart());
    }

    private static string Text(string format, object?[] args) => args.Length == 0 ? format : string.Format(format, args);
}
