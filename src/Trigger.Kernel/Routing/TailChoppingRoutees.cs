using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Routing;

internal sealed class TailChoppingRoutees(IScheduler scheduler, Routee[] routees, TimeSpan within, TimeSpan interval) : Routee
{
    public override void Send(object message, IActorRef? sender)
    {
        var dice = AmbientCell.Current?.System.Random ?? Random.Shared;
        var order = (Routee[])routees.Clone();
        dice.Shuffle(order);

        var answer = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        var next = -1;
        var asking = scheduler.Advanced.ScheduleRepeatedlyCancelable(interval, interval, AskNext);
        var ending = scheduler.Advanced.ScheduleOnceCancelable(within, () => answer.TrySetException(
            new AskTimeoutException($"None of {routees.Length} routees answered [{message.GetType().Name}] within {within}.")));
        answer.Task.ContinueWith(
            _ =>
            {
                asking.Cancel();
                ending.Cancel();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        answer.Task.PipeTo(sender ?? ActorRefs.Nobody, ActorRefs.Nobody);
        AskNext();

        void AskNext()
        {
            var index = Interlocked.Increment(ref next);
            if (index < order.Length)
                Collect(order[index].Ask(message, within), answer);
        }
    }

    private static async void Collect(Task<object> asked, TaskCompletionSource<object> answer)
    {
        try
        {
            answer.TrySetResult(await asked.ConfigureAwait(false));
        }
        catch (Exception)
        {
            // One that failed or was late leaves it to the others; the time for all of them ends the wait.
        }
    }
}
