using System.Threading.Channels;
using Trigger.Jobs;
using Trigger.Kernel.Actor;
using Trigger.Storage;

namespace Trigger.Node;

/// <summary>
/// Carries a run's news out of the actors into a channel, and takes to the run what other processes left word of. A word is dropped only when what came of it is written: should this
/// process be killed in between, it reaches whoever resumes the run.
/// </summary>
internal sealed class NewsDesk : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    private readonly RunStore store;
    private readonly string run;
    private readonly Func<IActorRef> commando;
    private bool begun;
    private long told;
    private long written;
    private long dropped;

    /// <param name="over">Done before the channel completes.</param>
    public NewsDesk(RunId id, ChannelWriter<RunNews> news, Action over, RunStore store, Func<IActorRef> commando)
    {
        (run, this.store, this.commando) = (id.Value, store, commando);
        Receive<RunNews>(item =>
        {
            news.TryWrite(item);
            begun |= item is RunNews.Began;
            if (item is not (RunNews.Finished or RunNews.Declined or RunNews.Broke))
                return;

            if (item is RunNews.Finished)
                written = told;
            Self.Tell(new Close(), ActorRefs.NoSender);
        });
        Receive<RunCommand.Confirm>(confirmed => written = confirmed.Until);
        ReceiveAsync<LookForWords>(_ => Look());
        ReceiveAsync<Close>(async _ =>
        {
            await Drop();

            // The lock goes before the news are over, so that whoever waits for their end may take it.
            over();
            news.TryComplete();
            Context.Stop(Self);
        });
    }

    private sealed record LookForWords;

    private sealed record Close;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer("words", new LookForWords(), Poll);

    private async Task Look()
    {
        await Drop();
        if (!begun)
            return;

        try
        {
            var before = told;
            foreach (var word in await store.Words(run, told))
            {
                told = word.Id;
                if (RunRequest.Order(word.What, word.By) is { } order)
                    commando().Tell(order);
            }

            if (told > before)
                commando().Tell(new RunCommand.Confirm(told));
        }
        catch (StorageException)
        {
            // The server is gone for now. Words that people leave wait there, and are looked for again.
        }
    }

    private async Task Drop()
    {
        try
        {
            if (written > dropped)
                await store.DropWords(run, written);
            dropped = written;
        }
        catch (StorageException)
        {
            // At the next look, or by whoever comes next: heeding them again changes nothing.
        }
    }
}
