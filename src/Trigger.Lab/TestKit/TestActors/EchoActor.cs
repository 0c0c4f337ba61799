using Trigger.Kernel.Actor;

namespace Trigger.Lab.TestKit.TestActors;

/// <summary>Sends everything to the test actor, and by default back to its sender.</summary>
public sealed class EchoActor(TestKitBase testkit, bool echoBackToSenderAsWell = true) : UntypedActor
{
    public static Props Props(TestKitBase testkit, bool echoBackToSenderAsWell = true) =>
        Kernel.Actor.Props.Create(() => new EchoActor(testkit, echoBackToSenderAsWell));

    protected override void OnReceive(object message)
    {
        testkit.TestActor.Tell(message, Sender);
        if (echoBackToSenderAsWell && !Sender.Equals(testkit.TestActor))
            Sender.Tell(message, Self);
    }
}
