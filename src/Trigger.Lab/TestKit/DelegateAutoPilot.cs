using Trigger.Kernel.Actor;

namespace Trigger.Lab.TestKit;

public sealed class DelegateAutoPilot(Func<IActorRef, object, AutoPilot> run) : AutoPilot
{
    public override AutoPilot Run(IActorRef sender, object message) => run(sender, message);
}
