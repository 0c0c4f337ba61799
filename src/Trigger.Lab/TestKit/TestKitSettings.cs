using Trigger.Kernel.Configuration;

namespace Trigger.Lab.TestKit;

/// <summary>How patient a test is. All times are real ones, whatever clock the system under test has.</summary>
public sealed record TestKitSettings
{
    public TestKitSettings()
    {
    }

    /// <param name="config">A system's whole configuration: <c>akka.test.default-timeout</c>, <c>single-expect-default</c>, <c>filter-leeway</c> and <c>timefactor</c> count.</param>
    public TestKitSettings(Config config)
    {
        ArgumentNullException.ThrowIfNull(config);
        DefaultTimeout = config.GetTimeSpan("akka.test.default-timeout", DefaultTimeout, allowInfinite: false);
        SingleExpectDefault = config.GetTimeSpan("akka.test.single-expect-default", SingleExpectDefault, allowInfinite: false);
        TestEventFilterLeeway = config.GetTimeSpan("akka.test.filter-leeway", TestEventFilterLeeway, allowInfinite: false);
        TestTimeFactor = config.GetDouble("akka.test.timefactor", TestTimeFactor);
        if (TestTimeFactor <= 0)
            throw new ConfigurationException($"akka.test.timefactor is {TestTimeFactor}; it must be above 0.");
    }

    /// <summary>For what has no shorter limit: starting and stopping systems, asks in tests. Default 5 s.</summary>
    public TimeSpan DefaultTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For one expectation without a limit of its own. Default 3 s.</summary>
    public TimeSpan SingleExpectDefault { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long an event filter waits for its events after the block has ended. Default 3 s.</summary>
    public TimeSpan TestEventFilterLeeway { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>All limits are multiplied by it, for slow machines. Default 1.</summary>
    public double TestTimeFactor { get; init; } = 1;
}
