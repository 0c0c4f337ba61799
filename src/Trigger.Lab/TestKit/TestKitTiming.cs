namespace Trigger.Lab.TestKit;

/// <summary>The part of a kit that knows how long a test may wait.</summary>
public abstract class TestKitTiming
{
    private long? end; // Of the innermost Within, on the machine's monotonic clock.

    private protected TestKitTiming(ITestKitAssertions assertions, TestKitSettings settings)
    {
        Assertions = assertions;
        TestKitSettings = settings;
    }

    public TestKitSettings TestKitSettings { get; }

    /// <summary>What is left of the surrounding Within.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public TimeSpan Remaining =>
        end is null ? throw new InvalidOperationException("Remaining may not be called outside of \"within\".") : RemainingOr(TimeSpan.Zero);

    /// <summary>What is left of the surrounding Within, or the default for one expectation.</summary>
    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(TestKitSettings.SingleExpectDefault));

    protected ITestKitAssertions Assertions { get; }

    /// <summary>A time multiplied for slow machines.</summary>
    public TimeSpan Dilated(TimeSpan duration) => duration * TestKitSettings.TestTimeFactor;

    public TimeSpan RemainingOr(TimeSpan duration)
    {
        if (end is not { } until)
            return duration;
        var left = TimeSpan.FromSeconds((until - TimeProvider.System.GetTimestamp()) / (double)TimeProvider.System.TimestampFrequency);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public TimeSpan RemainingOrDilated(TimeSpan? duration) => duration switch
    {
        null => RemainingOrDefault,
        { } infinite when infinite == Timeout.InfiniteTimeSpan => infinite,
        { } negative when negative < TimeSpan.Zero => throw new ArgumentException("A time to wait may not be negative.", nameof(duration)),
        { } given => Dilated(given),
    };

    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => RemainingOrDilated(timeout);

    /// <summary>Runs a block whose expectations together may take <paramref name="max"/>.</summary>
    public void Within(TimeSpan max, Action action, TimeSpan? epsilonValue = null) => Within(TimeSpan.Zero, max, action, hint: null, epsilonValue);

    public void Within(TimeSpan min, TimeSpan max, Action action, string? hint = null, TimeSpan? epsilonValue = null) =>
        Within<object?>(
            min,
            max,
            () =>
            {
                action();
                return null;
            },
            hint,
            epsilonValue);

    public T Within<T>(TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null) => Within(TimeSpan.Zero, max, function, hint: null, epsilonValue);

    public T Within<T>(TimeSpan min, TimeSpan max, Func<T> function, string? hint = null, TimeSpan? epsilonValue = null)
    {
        var frame = Begin(min, max);
        try
        {
            var result = function();
            Check(frame, hint, epsilonValue);
            return result;
        }
        finally
        {
            end = frame.Outer;
        }
    }

    public Task WithinAsync(TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null) => WithinAsync(TimeSpan.Zero, max, actionAsync, hint: null, epsilonValue);

    public Task WithinAsync(TimeSpan min, TimeSpan max, Func<Task> actionAsync, string? hint = null, TimeSpan? epsilonValue = null) =>
        WithinAsync<object?>(
            min,
            max,
            async () =>
            {
                await actionAsync();
                return null;
            },
            hint,
            epsilonValue);

    public Task<T> WithinAsync<T>(TimeSpan max, Func<Task<T>> function, TimeSpan? epsilonValue = null) => WithinAsync(TimeSpan.Zero, max, function, hint: null, epsilonValue);

    public async Task<T> WithinAsync<T>(TimeSpan min, TimeSpan max, Func<Task<T>> function, string? hint = null, TimeSpan? epsilonValue = null)
    {
        var frame = Begin(min, max);
        try
        {
            // Without ConfigureAwait: the block is the test's own and goes on sending as the test actor.
            var result = await function();
            Check(frame, hint, epsilonValue);
            return result;
        }
        finally
        {
            end = frame.Outer;
        }
    }

    /// <summary>Fails the test; the compiler is told that nothing comes after.</summary>
    private protected TestKitException Failure(string text, string? hint)
    {
        var whole = string.IsNullOrEmpty(hint) ? text : $"{text} ({hint})";
        Assertions.Fail("{0}", whole);
        return new TestKitException(whole); // For assertions whose Fail returns.
    }

    private Frame Begin(TimeSpan min, TimeSpan max)
    {
        var (start, left) = (TimeProvider.System.GetTimestamp(), RemainingOr(TimeSpan.MaxValue));
        min = Dilated(min);
        max = max == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : Dilated(max);
        if (left < min)
            Failure($"The surrounding \"within\" has {left} left, less than the {min} that must pass here.", hint: null);
        var limit = max < left ? max : left;
        var frame = new Frame(start, min, limit, end);
        end = limit == TimeSpan.MaxValue ? end : start + (long)(limit.TotalSeconds * TimeProvider.System.TimestampFrequency);
        return frame;
    }

    private void Check(Frame frame, string? hint, TimeSpan? epsilon)
    {
        var took = TimeProvider.System.GetElapsedTime(frame.Start);
        if (took < frame.Min)
            Failure($"The block took {took}, but should have taken at least {frame.Min}.", hint);
        if (took - (epsilon ?? TimeSpan.Zero) > frame.Max)
            Failure($"The block took {took}, but should have taken at most {frame.Max}.", hint);
    }

    private readonly record struct Frame(long Start, TimeSpan Min, TimeSpan Max, long? Outer);
}
