namespace Trigger.Lab.TestKit;

/// <summary>How a failed expectation is told to the test framework; the kit itself knows none. <see cref="ThrowingAssertions"/> is the default.</summary>
public interface ITestKitAssertions
{
    /// <summary>Ends the test. Never returns.</summary>
    void Fail(string format = "", params object?[] args);

    void AssertTrue(bool condition, string format = "", params object?[] args);

    void AssertFalse(bool condition, string format = "", params object?[] args);

    void AssertEqual<T>(T expected, T actual, string format = "", params object?[] args);

    void AssertEqual<T>(T expected, T actual, Func<T, T, bool> comparer, string format = "", params object?[] args);
}
