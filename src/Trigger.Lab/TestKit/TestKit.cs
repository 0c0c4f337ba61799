using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Setup;

namespace Trigger.Lab.TestKit;

/// <summary>A kit as it is, for frameworks that need nothing more: failures throw <see cref="TestKitException"/>, and disposing ends the system it made.</summary>
public class TestKit : TestKitBase, IDisposable
{
    public TestKit(ActorSystem? system = null, ActorSystemSetup? setup = null, string? actorSystemName = null, TestKitSettings? settings = null, ITestKitAssertions? assertions = null)
        : base(assertions ?? new ThrowingAssertions(), system, setup, actorSystemName, settings: settings)
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
