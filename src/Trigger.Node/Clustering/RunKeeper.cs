using System.Collections.Concurrent;
using Trigger.Cluster.Sharding;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Jobs;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;
using Trigger.Node.Telemetry;
using Trigger.Storage;

namespace Trigger.Node.Clustering;

/// <summary>
/// Coordinates the runs whose shards this node owns: takes up those that nobody has finished, hands them over when a shard is asked back, and drops them when it is lost. What people ask of
/// runs reaches them through the database.
/// </summary>
internal sealed class RunKeeper : ReceiveActor, IWithTimers
{
    public const string Space = "runs";

    // New runs are announced by letter; this is for letters that were lost, and for runs that broke.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<int, long> owned = [];
    private readonly Dictionary<RunId, IActorRef> running = [];
    private readonly Dictionary<int, IActorRef> leaving = [];
    private readonly Dictionary<RunId, int> pending = [];
    private readonly Dictionary<RunId, Mark> marks = [];
    private readonly Grounds grounds;
    private readonly ILoggingAdapter log = Context.GetLogger();
    private bool looking;
    private bool asking;

    public RunKeeper(Grounds grounds)
    {
        this.grounds = grounds;
        Receive<ShardsAcquired>(acquired =>
        {
            foreach (var shard in acquired.Shards)
                owned[shard.Number] = shard.Epoch;
            Look();
        });
        Receive<GiveUpShards>(GiveUp);
        Receive<ShardsLost>(Lost);
        Receive<LookForRuns>(_ => Look());
        Receive<Found>(Take);
        Receive<LookForWords>(_ => Ask());
        Receive<Words>(Pass);
        Receive<Asked>(GoOn);
        Receive<RunCommand.Confirm>(Confirmed);
        Receive<RunNews>(Hear);
        Receive<Terminated>(gone => Gone(gone.ActorRef));
        Receive<TellRuns>(_ => Sender.Tell(new Runs([.. running.Keys.Select(run => run.Value).Order(StringComparer.Ordinal)])));
        Receive<Status.Failure>(failed =>
        {
            (looking, asking) = (false, false);
            log.Warning("The database does not tell which runs there are: {0}", failed.Cause.Message);
        });
        ReceiveAny(_ => { });
    }

    /// <summary>What a keeper stands on.</summary>
    /// <param name="Fences">What each stream's writer must still own; read by the journal, on its own thread.</param>
    /// <param name="Shards">How many there are.</param>
    /// <param name="Over">Hears of every run that has finished.</param>
    internal sealed record Grounds(
        string Node, ClusterRuns Accepted, RunStore Store, IActorRef Sessions, TimeProvider Time, Func<string, NetDevice?> Find, Func<CredentialBook> Credentials,
        ConcurrentDictionary<string, ShardFence> Fences, Func<int> Shards, Action<RunId, RunNews.Finished> Over, Figures Figures, Func<RunId, Task<bool>> MayGoOn);

    /// <summary>There may be a run to begin.</summary>
    internal sealed record LookForRuns;

    internal sealed record TellRuns;

    internal sealed record Runs(IReadOnlyList<string> All);

    private sealed record LookForWords;

    private sealed record Asked(RunId Run, IActorRef Commando, bool MayGoOn);

    private sealed record Found(IReadOnlyList<string> Runs);

    private sealed record Words(IReadOnlyList<(RunId Run, IActorRef Commando, IReadOnlyList<RunWord> Left)> Found);

    /// <summary>How far a run that is under way here has been told what people left word of, and how far what came of it is on record.</summary>
    private readonly record struct Mark(long Told, long Written);

    public ITimerScheduler Timers { get; set; } = null!;

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(surprise =>
    {
        log.Error(surprise, "A run's actor failed; it is taken up again from the journal.");
        return Directive.Stop;
    });

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(LookForRuns), new LookForRuns(), LookEvery);

    private int ShardOf(RunId run) => ShardKey.Number(run.Value, Math.Max(1, grounds.Shards()));

    private void Look()
    {
        if (looking || owned.Count == 0)
            return;

        looking = true;
        grounds.Accepted.Open().PipeTo(Self, success: runs => new Found(runs));
    }

    private void Take(Found found)
    {
        looking = false;
        foreach (var run in found.Runs.Select(run => new RunId(run)).Where(run => !running.ContainsKey(run)))
        {
            if (owned.TryGetValue(ShardOf(run), out var epoch) && !leaving.ContainsKey(ShardOf(run)))
                Begin(run, epoch);
        }
    }

    private void Begin(RunId run, long epoch)
    {
        grounds.Fences[Commando.StreamOf(run)] = new ShardFence(Space, ShardOf(run), epoch);
        var (sessions, time) = (grounds.Sessions, grounds.Time);
        var commando = Context.ActorOf(Props.Create(() => new Commando(run, sessions, time)), Commando.StreamOf(run));
        Context.Watch(commando);
        running.Add(run, commando);
        // Should the question fail, the run is let go and taken up again at the next look.
        grounds.MayGoOn(run).PipeTo(Self, success: may => new Asked(run, commando, may), failure: _ => new Asked(run, ActorRefs.Nobody, false));
        if (!Timers.IsTimerActive(nameof(LookForWords)))
            Timers.StartPeriodicTimer(nameof(LookForWords), new LookForWords(), AskEvery);
    }

    private void GoOn(Asked asked)
    {
        if (!running.TryGetValue(asked.Run, out var commando))
            return;
        // Asked in vain, or on its way to another node by now.
        if (asked.Commando.Equals(ActorRefs.Nobody) || leaving.ContainsKey(ShardOf(asked.Run)))
        {
            Context.Stop(commando);
            return;
        }

        if (!commando.Equals(asked.Commando))
            return;
        marks[asked.Run] = default;
        commando.Tell(new RunCommand.Adopt(grounds.Find, grounds.Credentials(), Self, grounds.Node));
        // Behind the taking up, and before anybody is dialled: that waits for a write.
        if (!asked.MayGoOn)
            commando.Tell(new RunCommand.Cancel($"{grounds.Node}'s policy"));
    }

    private void Hear(RunNews news)
    {
        var run = running.FirstOrDefault(entry => entry.Value.Equals(Sender)).Key;
        if (run.Value is null)
            return; // Of a run that is another node's by now.

        switch (news)
        {
            case RunNews.Began began:
                Pending(run, began.Devices.Count);
                break;

            case RunNews.StepEnded ended:
                grounds.Figures.Ended(ended.Outcome);
                break;

            case RunNews.DeviceEnded:
                Pending(run, pending.GetValueOrDefault(run) - 1);
                grounds.Figures.TaskEnded();
                break;

            case RunNews.Finished finished:
                grounds.Figures.RunFinished();
                grounds.Over(run, finished);
                break;

            case RunNews.Declined declined:
                // Finished, but its owner died before it said so; anything else is tried again at the next look.
                log.Info("Run {0} was not taken up: {1}", run, declined.Reason);
                grounds.Accepted.CloseFinished(run.Value).PipeTo(Self, success: _ => new LookForWords());
                Context.Stop(Sender);
                break;

            case RunNews.Broke broke:
                log.Warning("Run {0} broke, and is taken up again: {1}", run, broke.Reason);
                Context.Stop(Sender);
                break;
        }
    }

    private void Pending(RunId run, int devices)
    {
        grounds.Figures.Pending.Add(devices - pending.GetValueOrDefault(run));
        pending[run] = devices;
    }

    private void Gone(IActorRef commando)
    {
        var run = running.FirstOrDefault(entry => entry.Value.Equals(commando)).Key;
        if (run.Value is null)
            return;

        running.Remove(run);
        marks.Remove(run);
        Pending(run, 0);
        pending.Remove(run);
        grounds.Fences.TryRemove(Commando.StreamOf(run), out _);
        Settle(ShardOf(run));
        if (running.Count == 0)
            Timers.Cancel(nameof(LookForWords));
    }

    private void GiveUp(GiveUpShards asked)
    {
        foreach (var shard in asked.Shards)
        {
            leaving[shard] = Sender;
            foreach (var (_, commando) in running.Where(entry => ShardOf(entry.Key) == shard))
                commando.Tell(new RunCommand.HandOver());
            Settle(shard);
        }
    }

    private void Settle(int shard)
    {
        if (!leaving.TryGetValue(shard, out var asker) || running.Keys.Any(run => ShardOf(run) == shard))
            return;

        leaving.Remove(shard);
        owned.Remove(shard);
        asker.Tell(new ShardsGivenUp(Space, [shard]));
    }

    private void Lost(ShardsLost lost)
    {
        foreach (var shard in lost.Shards)
        {
            owned.Remove(shard);
            leaving.Remove(shard);
            foreach (var (run, commando) in running.Where(entry => ShardOf(entry.Key) == shard).ToArray())
            {
                log.Warning("Run {0} is another node's now ({1}).", run, lost.Reason);
                Context.Stop(commando);
            }
        }
    }

    private void Ask()
    {
        if (asking || marks.Count == 0)
            return;

        asking = true;
        FindWords([.. marks.Select(mark => (mark.Key, running[mark.Key], mark.Value))]).PipeTo(Self, success: words => new Words(words));
    }

    // A word is dropped only when what came of it is written, so one that was on its way in a coordinator that died reaches the next. Told from the oldest left on, all come to the same twice.
    private async Task<IReadOnlyList<(RunId Run, IActorRef Commando, IReadOnlyList<RunWord> Left)>> FindWords(IReadOnlyList<(RunId Run, IActorRef Commando, Mark Mark)> runs)
    {
        var waiting = await grounds.Accepted.WithWords().ConfigureAwait(false);
        var found = new List<(RunId, IActorRef, IReadOnlyList<RunWord>)>();
        foreach (var (run, commando, mark) in runs.Where(run => waiting.Contains(run.Run.Value)))
        {
            if (mark.Written > 0)
                await grounds.Store.DropWords(run.Value, mark.Written).ConfigureAwait(false);
            found.Add((run, commando, await grounds.Store.Words(run.Value, mark.Told).ConfigureAwait(false)));
        }

        return found;
    }

    private void Pass(Words words)
    {
        asking = false;
        foreach (var (run, commando, left) in words.Found.Where(found => found.Left.Count > 0))
        {
            // Of an earlier taking up: the word still waits, and the next look finds it.
            if (!running.TryGetValue(run, out var now) || !now.Equals(commando) || !marks.TryGetValue(run, out var mark))
                continue;

            foreach (var order in left.Select(word => RunRequest.Order(word.What, word.By)).OfType<RunCommand>())
                commando.Tell(order);
            marks[run] = mark with { Told = left[^1].Id };
            commando.Tell(new RunCommand.Confirm(left[^1].Id));
        }
    }

    private void Confirmed(RunCommand.Confirm written)
    {
        var run = running.FirstOrDefault(entry => entry.Value.Equals(Sender)).Key;
        if (run.Value is not null && marks.TryGetValue(run, out var mark))
            marks[run] = mark with { Written = written.Until };
    }
}
