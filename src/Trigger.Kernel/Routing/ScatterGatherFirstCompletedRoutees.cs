using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Routing;

internal sealed class ScatterGatherFirstCompletedRoutees(Routee[] routees, TimeSpan within) : Routee
{
    public override void Send(object message, IActorRef? sender) => Ask(message, within).PipeTo(sender ?? ActorRefs.Nobody, ActorRefs.Nobody);

    public override async Task<object> Ask(object message, TimeSpan? timeout)
    {
        var asked = routees.Select(routee => routee.Ask(message, timeout)).ToArray();
        var first = await Task.WhenAny(asked).ConfigureAwait(false);
        Abandon(asked);
        try
        {
            return await first.ConfigureAwait(false);
        }
        catch (AskTimeoutException late)
        {
            throw new AskTimeoutException($"None of {routees.Length} routees answered [{message.GetType().Name}] within {timeout}. {late.Message}");
        }
    }

    // The others end in their own time, and nobody is to be told that they failed.
    private static void Abandon(Task<object>[] asked)
    {
        foreach (var task in asked)
            task.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
