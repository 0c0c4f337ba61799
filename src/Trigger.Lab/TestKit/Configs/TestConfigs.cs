using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Setup;
using Trigger.Kernel.Configuration;
using Trigger.Kernel.Hosting;

namespace Trigger.Lab.TestKit.Configs;

/// <summary>Configurations for a kit.</summary>
public static class TestConfigs
{
    private const string Implementation = "akka.scheduler.implementation";

    /// <summary>A system whose time a test moves: <c>((TestScheduler)Sys.Scheduler).Advance(…)</c>.</summary>
    public static Config TestSchedulerConfig { get; } = ConfigurationFactory.ParseString($"{Implementation} = \"{typeof(TestScheduler).FullName}, {typeof(TestScheduler).Assembly.GetName().Name}\"");

    internal static ActorSystemSetup SetupFor(Config config)
    {
        var setup = ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config));
        if (config.GetString(Implementation, string.Empty).Split(',')[0].Trim() != typeof(TestScheduler).FullName)
            return setup;

        var clock = new TestScheduler();
        return setup.And(new KernelSetup { Time = clock, Scheduler = clock });
    }
}
