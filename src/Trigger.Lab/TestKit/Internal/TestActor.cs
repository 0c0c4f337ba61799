using System.Threading.Channels;
using Trigger.Kernel.Actor;

namespace Trigger.Lab.TestKit.Internal;

/// <summary>The actor behind a kit or a probe: puts what it is told into a channel that the test reads.</summary>
internal sealed class TestActor(ChannelWriter<MessageEnvelope> received, SupervisorStrategy? strategy) : ActorBase
{
    private Predicate<object>? ignored;
    private AutoPilot pilot = AutoPilot.NoAutoPilot;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Ignore ignore:
                ignored = ignore.Messages;
                ignore.Done.TrySetResult();
                break;
            case Watching { Begins: true } watching:
                Context.Watch(watching.Subject);
                watching.Done.TrySetResult();
                break;
            case Watching watching:
                Context.Unwatch(watching.Subject);
                watching.Done.TrySetResult();
                break;
            case Pilot change:
                pilot = change.Next;
                break;
            case Spawn spawn:
                Bear(spawn);
                break;
            default:
                Note(message);
                break;
        }

        return true;
    }

    protected override SupervisorStrategy SupervisorStrategy() => strategy ?? base.SupervisorStrategy();

    private static void Bear(Spawn spawn)
    {
        try
        {
            spawn.Child.TrySetResult(Context.ActorOf(spawn.Props, spawn.Name));
        }
        catch (Exception refused)
        {
            spawn.Child.TrySetException(refused);
        }
    }

    private void Note(object message)
    {
        var next = pilot == AutoPilot.NoAutoPilot ? pilot : pilot.Run(Sender, message);
        pilot = next == AutoPilot.KeepRunning ? pilot : next;
        if (ignored?.Invoke(message) != true)
            received.TryWrite(new MessageEnvelope(message, Sender));
    }

    /// <summary>What the kit tells its actor. Awaited, so that a test's next line finds it done.</summary>
    internal sealed record Ignore(Predicate<object>? Messages, TaskCompletionSource Done) : INoSerializationVerificationNeeded;

    internal sealed record Watching(IActorRef Subject, bool Begins, TaskCompletionSource Done) : INoSerializationVerificationNeeded;

    internal sealed record Pilot(AutoPilot Next) : INoSerializationVerificationNeeded;

    internal sealed record Spawn(Props Props, string? Name, TaskCompletionSource<IActorRef> Child) : INoSerializationVerificationNeeded;
}
