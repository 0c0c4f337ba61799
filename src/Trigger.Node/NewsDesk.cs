using System.Threading.Channels;
using Trigger.Jobs;
using Trigger.Kernel.Actor;
using Trigger.Storage;

namespace Trigger.Node;

/// <summary>Carries a run's news out of the actors into a channel, and takes other processes' requests to the run.</summary>
internal sealed class NewsDesk : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    public NewsDesk(ChannelWriter<RunNews> news, Action over, Func<Task<(string What, string By)?>> takeRequest, Func<IActorRef> commando)
    {
        Receive<RunNews>(item =>
        {
            news.TryWrite(item);
            if (item is not (RunNews.Finished or RunNews.Declined or RunNews.Broke))
                return;

            // The lock goes before the last word is read, so that whoever hears "finished" may take it.
            over();
            news.TryComplete();
            Context.Stop(Self);
        });
        ReceiveAsync<LookForRequests>(async _ =>
        {
            try
            {
                while (await takeRequest() is { } request)
                {
                    if (RunRequest.Order(request.What, request.By) is { } order)
                        commando().Tell(order);
                }
            }
            catch (StorageException)
            {
                // The server is gone for now. Words that people leave wait there, and are looked for again.
            }
        });
    }

    private sealed record LookForRequests;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer("requests", new LookForRequests(), Poll);
}
