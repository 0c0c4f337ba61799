using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Setup;
using Trigger.Kernel.Configuration;
using Trigger.Lab.TestKit.Configs;

namespace Trigger.Lab.TestKit;

/// <summary>A kit as it is, for frameworks that need nothing more: failures throw <see cref="TestKitException"/>, and disposing ends the system it made.</summary>
public class TestKit : TestKitBase, IDisposable
{
    public TestKit(ActorSystem? system = null, ActorSystemSetup? setup = null, string? actorSystemName = null, TestKitSettings? settings = null, ITestKitAssertions? assertions = null)
        : base(assertions ?? new ThrowingAssertions(), system, setup, actorSystemName, settings: settings)
    {
    }

    /// <param name="config">Of the system under test. An <c>akka.scheduler.implementation</c> that names <see cref="TestScheduler"/> makes one its scheduler and its clock.</param>
    public TestKit(Config config, string? actorSystemName = null, ITestKitAssertions? assertions = null)
        : this(system: null, TestConfigs.SetupFor(config), actorSystemName, settings: null, assertions)
    {
    }

    /// <param name="config">As HOCON.</param>
    /// <inheritdoc cref="TestKit(Config, string?, ITestKitAssertions?)"/>
    public TestKit(string config, string? actorSystemName = null, ITestKitAssertions? assertions = null)
        : this(ConfigurationFactory.ParseString(config), actorSystemName, assertions)
    {
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            EndTest();
    }
}
