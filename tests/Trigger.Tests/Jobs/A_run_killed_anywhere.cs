using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Jobs;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Persistence.Journal;
using Trigger.Lab.Simulating;
using Trigger.Sessions;
using Trigger.Tests.Devices;

namespace Trigger.Tests.Jobs;

/// <summary>
/// An engine that dies between any two turns of any of its actors: before or after a journal's write, or with a device's answer half read. What it had not yet written is lost with it.
/// The next engine has the journal and nothing else. At the end the journal is held against what the devices heard.
/// </summary>
public sealed class A_run_killed_anywhere
{
    private const int Seeds = 120;
    private static readonly string[] Commands = ["show clock", "write memory", "configure terminal", "end", "show clock"];

    [Fact]
    public void loses_no_outcome_repeats_no_change_and_keeps_its_rules()
    {
        var whole = new List<RunEvent>();
        for (var seed = 0; seed < Seeds; seed++)
        {
            try
            {
                Live(seed, journal: whole);
            }
            catch (Exception cause) when (cause is not OutOfMemoryException)
            {
                throw new InvalidOperationException($"Seed {seed}: {cause.Message}", cause);
            }
        }

        // Seeds under which nothing bad happens would prove nothing.
        Assert.True(whole.OfType<RunEvent.Resumed>().Count() > Seeds / 2);
        Assert.NotEmpty(whole.OfType<RunEvent.RetryPlanned>());
        Assert.NotEmpty(whole.OfType<RunEvent.Paused>());
        Assert.Contains(whole.OfType<RunEvent.StepEnded>(), ended => ended.Outcome.FaultKind == "interrupted");
        Assert.Contains(whole.OfType<RunEvent.StepEnded>(), ended => ended.Outcome is { Verdict: StepVerdict.Unknown, FaultKind: "line_lost" });
    }

    [Fact]
    public void comes_to_an_end_wherever_the_first_engine_dies()
    {
        // Every turn of one life, one after the other, until a life is so long that it ends by itself.
        for (var turns = 1; !Live(seed: 7, turns); turns += 13)
        {
        }
    }

    [Fact]
    public void comes_to_an_end_at_whatever_byte_of_its_dialogue_the_first_engine_dies()
    {
        // Every byte of one life, either way, until a life is so long that it ends by itself. What was written by then arrives, or does not.
        var bytes = 1;
        while (!Live(seed: bytes, bytes: bytes))
            bytes++;

        Assert.True(bytes > 2000, $"The whole dialogue was {bytes} bytes.");
    }

    /// <returns>Whether the first engine finished the run.</returns>
    private static bool Live(int seed, int? first = null, List<RunEvent>? journal = null, int? bytes = null)
    {
        var isRandom = first is null && bytes is null;
        var chance = new Random(seed);
        var (events, told, lives) = (new MemoryEvents(), new Dictionary<(string Device, int Step), StepVerdict>(), 0);
        SimulatedField? field = null;
        var done = false;
        while (!done)
        {
            using var engine = new Simulation(chance.Next(), null, JournalSetup.InMemory(events));
            field ??= new SimulatedField(Enumerable.Range(1, 3).Select(number => $"r{number}"), new Random(chance.Next()), isRandom ? 0.005 : 0, engine.Clock) { ByteByByte = bytes is not null };
            var turns = lives switch { < 4 when isRandom => chance.Next(1, 1500), 0 => first ?? int.MaxValue, _ => int.MaxValue };
            done = Run(engine, field, events, lives, turns, lives == 0 && bytes is { } last ? last : int.MaxValue, chance, told);
            field.Orphan(arrives: chance.Next(2) == 0);
            lives++;
        }

        Check(Recorded(events), field!, told);
        journal?.AddRange(Recorded(events));
        return lives == 1;
    }

    /// <summary>One engine's life. False when it was killed before the run was over.</summary>
    private static bool Run(
        Simulation engine, SimulatedField field, MemoryEvents events, int life, int turns, int bytes, Random chance, Dictionary<(string Device, int Step), StepVerdict> told)
    {
        var plan = new SessionPlan(field.Dial, Platforms.BuiltIn, engine.Clock);
        var sessions = engine.System.ActorOf(Props.Create(() => new SessionKeeper(plan, 100)));
        var listener = engine.Probe();
        var commando = engine.System.ActorOf(Props.Create(() => new Commando(Runs.Id, sessions, engine.Clock)));
        var who = CredentialBook.Of(new Credentials("lab", new Secret("lab"), new Secret("lab")));
        if (Recorded(events).Any(happened => happened is RunEvent.DevicesChosen))
            commando.Tell(new RunCommand.Resume(name => field.Devices.FirstOrDefault(device => device.Name == name), who, listener.Ref, "carol"), listener.Ref);
        else if (Recorded(events).Count == 0)
            commando.Tell(new RunCommand.Submit(Spec(), field.Devices, who, listener.Ref), listener.Ref);
        else
            return true; // It died between its first two writes: no device was chosen, and none was touched.

        commando.Tell(new RunCommand.Approve("bob"), listener.Ref);
        commando.Tell(new RunCommand.Unpause("bob"), listener.Ref);
        var pauses = life == 0 ? chance.Next(1000) : -1;
        for (var turn = 0; turn < turns && field.Moved < bytes; turn++)
        {
            if (turn == pauses)
                commando.Tell(new RunCommand.Pause("bob"), listener.Ref);
            if (turn == pauses + 200)
                commando.Tell(new RunCommand.Unpause("bob"), listener.Ref);
            if (!Turn(engine, field))
                break;
            if (turn > 200_000)
                throw new InvalidOperationException($"Life {life} does not end: {string.Join(" | ", listener.Messages.TakeLast(3))} {string.Join(" | ", Recorded(events).TakeLast(3))} {engine.Clock.GetUtcNow()}");
            if (turn % 50 == 0 && IsOver(listener, told))
                return true;
        }

        return IsOver(listener, told);
    }

    private static bool Turn(Simulation engine, SimulatedField field)
    {
        if (engine.Step() || field.Move())
            return true;
        if (engine.Clock.NextRing is not { } ring)
            return false;

        engine.Clock.Advance(ring);
        return true;
    }

    private static bool IsOver(SimulatedProbe listener, Dictionary<(string Device, int Step), StepVerdict> told)
    {
        var news = listener.Messages;
        foreach (var ended in news.OfType<RunNews.StepEnded>())
            told[(ended.Device.Name, ended.Step)] = ended.Outcome.Verdict;
        return news.Any(item => item is RunNews.Finished or RunNews.Declined or RunNews.Broke);
    }

    private static void Check(IReadOnlyList<RunEvent> journal, SimulatedField field, Dictionary<(string Device, int Step), StepVerdict> told)
    {
        if (journal.OfType<RunEvent.DevicesChosen>().FirstOrDefault() is not { } chosen)
        {
            Assert.Empty(field.Heard);
            return;
        }

        var outcomes = journal.OfType<RunEvent.StepEnded>().ToDictionary(ended => (chosen.Devices[ended.Device].Name, ended.Step), ended => ended.Outcome);
        Assert.Equal(field.Devices.Count * Commands.Length, outcomes.Count);
        Assert.Single(journal.OfType<RunEvent.Finished>());
        foreach (var (step, verdict) in told)
            Assert.Equal(verdict, outcomes[step].Verdict);

        foreach (var ((device, step), outcome) in outcomes.Where(outcome => !Commands[outcome.Key.Step].StartsWith("show", StringComparison.Ordinal)))
        {
            var times = field.Heard.Count(heard => heard == (device, Commands[step]));
            var (least, most) = outcome.Verdict switch
            {
                StepVerdict.Accepted => (1, 1),
                StepVerdict.Unknown => (0, 1),
                _ => (0, 0),
            };
            Assert.True(times >= least && times <= most, $"{device} heard '{Commands[step]}' {times} times, and the journal says {outcome.Verdict} ({outcome.FaultKind}).");
        }

        InOrder(journal, chosen.Devices);
    }

    /// <summary>Nothing that changes a device was let go before the approval, or before the batch in front had its verdict.</summary>
    private static void InOrder(IReadOnlyList<RunEvent> journal, IReadOnlyList<ChosenDevice> devices)
    {
        var (approved, passed) = (false, 0);
        foreach (var happened in journal)
        {
            approved |= happened is RunEvent.Approved;
            passed += happened is RunEvent.BatchJudged { Unwell: null } ? 1 : 0;
            if (happened is not RunEvent.StepStarted started)
                continue;

            Assert.True(approved, "A step was begun before the run was approved.");
            Assert.True(devices[started.Device].Batch <= passed, $"A step of batch {devices[started.Device].Batch} was begun when {passed} had passed.");
        }
    }

    private static RunSpec Spec() => Runs.Spec(Commands) with
    {
        Policy = new RunPolicy
        {
            Approval = true, Canary = new RunAmount(1, Percent: false), Batch = new RunAmount(2, Percent: false), Rest = TimeSpan.FromSeconds(5), MaxFailures = new RunAmount(100, Percent: true),
            Checks = [new HealthCheck("show clock", ".", MustMatch: true)], CheckOn = null, Retries = 2, LoginsPerSecond = 5,
        },
    };

    private static IReadOnlyList<RunEvent> Recorded(MemoryEvents events) =>
        [.. events.Between(Commando.StreamOf(Runs.Id), 1, long.MaxValue, long.MaxValue).Select(stored => (RunEvent)stored.Payload)];
}
