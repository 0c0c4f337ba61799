using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Setup;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Persistence.Journal;
using Trigger.Lab.TestKit;

namespace Trigger.Lab.Simulating;

/// <summary>
/// A system that lives on the calling thread alone: a seed chooses which mailbox gets the next turn, time passes only when the simulation moves it, and failures
/// come from the same seed. The same seed gives the same run.
/// <para>Actors take part as they are. What they await must end on this thread too: asks, the clock's timers and the simulated journal do; <c>Task.Run</c> and real
/// input do not, and <see cref="Explore"/> says so when it finds such work.</para>
/// </summary>
public sealed class Simulation : IDisposable
{
    private const int StepsWithoutRest = 1_000_000;

    private readonly SeededDispatcher dispatcher;

    /// <param name="seed">The same for the same run.</param>
    /// <param name="journal">How the journal misbehaves; by default it does not.</param>
    /// <param name="more">Further settings of the system.</param>
    public Simulation(int seed, JournalFaults? journal = null, params Setup[] more)
    {
        Seed = seed;
        JournalFaults = journal ?? new JournalFaults();
        Random = new Random(seed);
        dispatcher = new SeededDispatcher(new Random(Random.Next()));
        var journalRandom = new Random(Random.Next());
        var kernel = new KernelSetup { Time = Clock, Random = new Random(Random.Next()), Dispatcher = dispatcher, LoggedDeadLetters = 0 };
        var journalSetup = new JournalSetup(() => Props.Create(() => new SimulatedJournal(() => JournalFaults, Events, journalRandom, Clock)));
        System = ActorSystem.Create("simulation", ActorSystemSetup.Create([kernel, journalSetup, SnapshotSetup.InMemory(), .. more]));
    }

    public int Seed { get; }

    public ActorSystem System { get; }

    public TestScheduler Clock { get; } = new();

    /// <summary>For what the protocol under test chooses. Drawing from it is part of the run.</summary>
    public Random Random { get; }

    /// <summary>What the journal has stored.</summary>
    public MemoryEvents Events { get; } = new();

    /// <summary>How the journal misbehaves from now on.</summary>
    public JournalFaults JournalFaults { get; set; }

    /// <summary>How many turns have been given.</summary>
    public long Steps => dispatcher.Steps;

    /// <summary>Equal in two runs only if they made the same choices throughout.</summary>
    public ulong Fingerprint => dispatcher.Fingerprint;

    /// <summary>Runs a protocol under many seeds, each in a system of its own, and checks at the end of each that the system ends too.</summary>
    /// <param name="seeds">How many; they count from <paramref name="first"/>.</param>
    /// <param name="protocol">Throws when something does not hold.</param>
    /// <param name="journal">How the journal misbehaves.</param>
    /// <param name="first">The first seed.</param>
    /// <exception cref="SimulationFailedException">A seed failed; the message names it and what happened last.</exception>
    public static void Explore(int seeds, Action<Simulation> protocol, JournalFaults? journal = null, int first = 0)
    {
        for (var seed = first; seed < first + seeds; seed++)
            Replay(seed, protocol, journal);
    }

    /// <summary>Runs one seed again.</summary>
    /// <returns>The run's fingerprint.</returns>
    /// <exception cref="SimulationFailedException">It failed.</exception>
    public static ulong Replay(int seed, Action<Simulation> protocol, JournalFaults? journal = null)
    {
        using var simulation = new Simulation(seed, journal);
        try
        {
            protocol(simulation);
            simulation.End();
            return simulation.Fingerprint;
        }
        catch (Exception cause)
        {
            throw new SimulationFailedException(seed, simulation.Report(cause), cause);
        }
    }

    /// <summary>An actor that writes down what it is told.</summary>
    public SimulatedProbe Probe(string? name = null) => new(System, name);

    /// <summary>Fails here with the given probability.</summary>
    /// <exception cref="SimulatedFaultException">It did.</exception>
    public void MayFail(double odds, string where)
    {
        if (Random.NextDouble() < odds)
            throw new SimulatedFaultException(where);
    }

    /// <summary>Gives one turn; false when nobody has anything to do.</summary>
    public bool Step() => dispatcher.Step();

    /// <summary>Gives turns until nobody has anything to do. Time stands still.</summary>
    public void Settle()
    {
        for (var steps = 0; Step(); steps++)
        {
            if (steps >= StepsWithoutRest)
                throw new InvalidOperationException($"The actors did not come to rest within {StepsWithoutRest} turns.");
        }
    }

    /// <summary>Lets time pass, and everybody act in it. Now and then, as the seed says, time overtakes actors that have work waiting, as it does on a busy machine.</summary>
    /// <param name="duration">How long.</param>
    /// <param name="unhurried">The probability, before each turn, that the next timer rings first. 0 lets everybody finish before time moves.</param>
    public void Run(TimeSpan duration, double unhurried = 0.05)
    {
        var end = Clock.GetTimestamp() + duration.Ticks;
        while (true)
        {
            var ring = Clock.NextRing is { } next && Clock.GetTimestamp() + next.Ticks <= end ? next : (TimeSpan?)null;
            var overtakes = ring is not null && dispatcher.Ready > 0 && unhurried > 0 && Random.NextDouble() < unhurried;
            if (!overtakes && Step())
                continue;
            if (ring is null)
                break;
            Clock.Advance(ring.Value);
        }

        Clock.Advance(TimeSpan.FromTicks(end - Clock.GetTimestamp()));
        Settle();
    }

    /// <summary>Lets actors act, and time pass, until a task is done.</summary>
    /// <exception cref="InvalidOperationException">Nothing is left that could complete it.</exception>
    public T Await<T>(Task<T> task)
    {
        Complete(task);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>As <see cref="Await"/>, for a task that must fail.</summary>
    public Exception AwaitFailure(Task task)
    {
        Complete(task);
        return task.IsCanceled ? new TaskCanceledException(task)
            : task.Exception?.InnerException ?? throw new InvalidOperationException("The task should have failed, but it did not.");
    }

    public void Dispose() => System.Terminate();

    private void Complete(Task task)
    {
        while (!task.IsCompleted)
        {
            if (Step())
                continue;
            if (Clock.NextRing is not { } ring)
                throw new InvalidOperationException("Nobody has anything to do and no timer is set, yet the awaited task is not done.");
            Clock.Advance(ring);
        }
    }

    private void End()
    {
        var ending = System.Terminate();
        Settle();
        if (!ending.IsCompleted)
            Run(TimeSpan.FromMinutes(5), unhurried: 0);
        if (!ending.IsCompleted)
            throw new InvalidOperationException("The system did not end: an actor never stopped.");
        if (dispatcher.Strays > 0)
            throw new InvalidOperationException($"{dispatcher.Strays} times work came from another thread, so this run may not replay. Await only what the simulation controls.");
    }

    private string Report(Exception cause) =>
        $"Seed {Seed} failed after {Steps} turns: {cause.Message} Replay it with Simulation.Replay({Seed}, …). The last turns:\n  {string.Join("\n  ", dispatcher.Recent)}";
}
