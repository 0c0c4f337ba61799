using Trigger.Kernel.Actor;

namespace Trigger.Lab.TestKit;

/// <summary>Acts for a probe on every message, before the test sees it.</summary>
public abstract class AutoPilot
{
    /// <summary>What <see cref="Run"/> returns to leave the probe to the test again.</summary>
    public static readonly AutoPilot NoAutoPilot = new Ending();

    /// <summary>What <see cref="Run"/> returns to stay as it is.</summary>
    public static readonly AutoPilot KeepRunning = new Staying();

    /// <returns>Who acts on the next message.</returns>
    public abstract AutoPilot Run(IActorRef sender, object message);

    private sealed class Ending : AutoPilot
    {
        public override AutoPilot Run(IActorRef sender, object message) => this;
    }

    private sealed class Staying : AutoPilot
    {
        public override AutoPilot Run(IActorRef sender, object message) =>
            throw new InvalidOperationException("KeepRunning is an answer of an AutoPilot; it cannot be one.");
    }
}
