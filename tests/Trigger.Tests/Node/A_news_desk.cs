using System.Threading.Channels;
using Trigger.Jobs;
using Trigger.Kernel.Actor;
using Trigger.Node;
using Trigger.Storage;
using Trigger.Tests.Kernel;
using Trigger.Tests.Storage;

namespace Trigger.Tests.Node;

/// <summary>What other processes leave word of, on its way to a run. The test plays the run's part.</summary>
public sealed class A_news_desk : KernelSpec, IDisposable
{
    private static readonly RunId Run = new("run-1");
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly SqliteRig rig = new();
    private readonly Database database;
    private readonly RunStore store;
    private readonly TaskCompletionSource over = new();

    public A_news_desk()
    {
        database = rig.Open(Clock);
        store = new RunStore(database);
    }

    public void Dispose()
    {
        database.Dispose();
        rig.Dispose();
    }

    [Fact]
    public async Task tells_the_run_each_word_once_and_drops_it_when_what_came_of_it_is_written()
    {
        var (desk, _) = await Desk();
        store.Ask(Run.Value, RunRequest.Pause, "bob");
        store.Ask(Run.Value, RunRequest.Unpause, "carol");
        desk.Tell(new RunNews.Began(Spec(), [], 1), ActorRefs.NoSender);

        Clock.Advance(Poll);
        await Probe.Expect(new RunCommand.Pause("bob"), new RunCommand.Unpause("carol"));
        var confirm = await Probe.Expect<RunCommand.Confirm>();
        Clock.Advance(Poll);
        await Processed(desk);
        await Probe.ExpectNothingBefore("no word is told again");
        Assert.Equal(2, (await Left()).Count);

        desk.Tell(confirm, Probe.Ref);
        Clock.Advance(Poll);
        await Processed(desk);
        Assert.Empty(await Left());
        await Probe.ExpectNothingBefore("no word is left");
    }

    [Fact]
    public async Task leaves_a_word_of_which_nothing_is_written_to_the_next()
    {
        var (killed, _) = await Desk();
        store.Ask(Run.Value, RunRequest.Cancel, "bob");
        killed.Tell(new RunNews.Began(Spec(), [], 1), ActorRefs.NoSender);
        Clock.Advance(Poll);
        await Probe.Expect(new RunCommand.Cancel("bob"));
        await Probe.Expect<RunCommand.Confirm>();
        await killed.GracefulStop(Patience);

        var (next, _) = await Desk();
        next.Tell(new RunNews.Began(Spec(), [], 1), ActorRefs.NoSender);
        Clock.Advance(Poll);

        await Probe.Expect(new RunCommand.Cancel("bob"));
    }

    [Fact]
    public async Task tells_nothing_to_a_run_that_has_not_begun()
    {
        var (desk, _) = await Desk();
        store.Ask(Run.Value, RunRequest.Pause, "bob");

        Clock.Advance(Poll);
        await Processed(desk);

        await Probe.ExpectNothingBefore("it would not be heeded");
    }

    [Fact]
    public async Task has_dropped_all_that_was_heeded_and_given_the_run_free_when_its_news_are_over()
    {
        var (desk, news) = await Desk();
        store.Ask(Run.Value, RunRequest.Cancel, "bob");
        desk.Tell(new RunNews.Began(Spec(), [], 1), ActorRefs.NoSender);
        Clock.Advance(Poll);
        await Probe.Expect(new RunCommand.Cancel("bob"));
        desk.Tell(new RunNews.Finished(0, 1, 0), ActorRefs.NoSender);

        await foreach (var _ in news.ReadAllAsync(TestContext.Current.CancellationToken))
        {
        }

        Assert.True(over.Task.IsCompletedSuccessfully);
        Assert.Empty(await Left());
    }

    private static RunSpec Spec() => Jobs.Runs.Spec("show clock");

    private Task<IReadOnlyList<RunWord>> Left() => store.Words(Run.Value, 0, TestContext.Current.CancellationToken);

    private async Task<(IActorRef Desk, ChannelReader<RunNews> News)> Desk()
    {
        var news = Channel.CreateUnbounded<RunNews>();
        var desk = System.ActorOf(Props.Create(() => new NewsDesk(Run, news.Writer, () => over.TrySetResult(), store, () => Probe.Ref)));
        await Processed(desk); // From here on its timer runs on the test's clock.
        return (desk, news.Reader);
    }
}
