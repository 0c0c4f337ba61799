using System.Diagnostics;
using System.Text;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Setup;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Persistence;
using Trigger.Storage;

namespace Trigger.Benchmarks;

/// <summary>
/// What the journal bears: tasks a second as the engine writes them (an intent and an outcome each, the second only when the first is on record), how long one writing takes when nobody else writes,
/// and how long a run of a hundred thousand devices takes to be shown. Devices answer in no time.
/// </summary>
internal static class JournalBench
{
    private const int Tasks = 100_000;
    private const int Alone = 500;

    public static async Task<int> Run(string[] states)
    {
        var folder = Directory.CreateTempSubdirectory("trigger-bench-").FullName;
        try
        {
            foreach (var state in states.Length > 0 ? states : [folder])
                await Measure(state);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task Measure(string state)
    {
        using var database = Database.Open(state, TimeProvider.System);
        Console.WriteLine(database.Address);
        var store = new RunStore(database);
        foreach (var (runs, open) in new[] { (1, 1000), (16, 100) })
        {
            var ids = Enumerable.Range(0, runs).Select(number => $"bench-{Guid.NewGuid():N}-{number}").ToList();
            var took = await Write(database, ids, Tasks / runs, open);
            Console.WriteLine($"  {runs,2} runs, {open,4} devices each at a time: {Tasks / took.TotalSeconds,7:0} tasks/s ({Tasks} tasks, {2 * Tasks} events, {took.TotalSeconds:0.00} s)");
            if (runs == 1)
            {
                Show(store, ids[0]);
                var alone = $"{ids[0]}-alone";
                var each = await Write(database, [alone], Alone, 1);
                Console.WriteLine($"  one at a time: {each.TotalMilliseconds / (2 * Alone):0.00} ms a writing");
                ids.Add(alone);
            }

            store.Forget(ids.Select(id => (id, id)));
        }
    }

    private static void Show(RunStore store, string run)
    {
        store.Run(run);
        store.Faults(run);
        var shown = Stopwatch.StartNew();
        var row = store.Run(run)!;
        var faults = store.Faults(run);
        Console.WriteLine($"  shown in {shown.Elapsed.TotalMilliseconds:0.0} ms: {row.Accepted} accepted, {row.Refused} refused, {faults.Count} kinds of faults");
        var read = Stopwatch.StartNew();
        var first = TimeSpan.Zero;
        var outcomes = 0;
        foreach (var _ in store.Outcomes(run))
        {
            if (outcomes++ == 0)
                first = read.Elapsed;
        }

        var whole = read.Elapsed;
        var page = Stopwatch.StartNew();
        var found = store.Outcomes(run, ("device-090000", 0), most: 100).Count();
        Console.WriteLine($"  a page of {found} far behind in {page.Elapsed.TotalMilliseconds:0.0} ms");
        Console.WriteLine($"  all {outcomes} outcomes read in {whole.TotalMilliseconds:0} ms, the first after {first.TotalMilliseconds:0.0} ms");
    }

    private static async Task<TimeSpan> Write(Database database, List<string> runs, int tasks, int open)
    {
        var codec = new EventCodec(Encode, (_, body) => Encoding.UTF8.GetString(body));
        var system = ActorSystem.Create("bench", ActorSystemSetup.Create(new KernelSetup { Time = TimeProvider.System }, new JournalSetup(() => Props.Create(() => new SqlJournal(database, codec, null)))));
        var over = new List<Task>();
        var actors = new List<IActorRef>();
        foreach (var run in runs)
        {
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            over.Add(ended.Task);
            actors.Add(system.ActorOf(Props.Create(() => new Writer(run, tasks, open, ended))));
        }

        var clock = Stopwatch.StartNew();
        foreach (var actor in actors)
            actor.Tell("begin");
        await Task.WhenAll(over);
        var took = clock.Elapsed;
        await system.Terminate();
        return took;
    }

    private static StoredEvent Encode(object happened) => happened switch
    {
        Began began => new StoredEvent("run-accepted", [], Run: new RunChange(began.Run)
        {
            New = new RunHeader(DateTimeOffset.UnixEpoch, "bench", "all", ["show version"], ["devices.csv"]), Devices = began.Tasks, Steps = began.Tasks,
        }),
        Started started => new StoredEvent("step-started", Encoding.UTF8.GetBytes($$"""{"device":{{started.Device}},"step":0}""")),
        Ended ended => new StoredEvent("step-ended", Encoding.UTF8.GetBytes($$"""{"device":{{ended.Device}},"step":0,"verdict":"accepted","elapsed":1234}"""), new OutcomeRow
        {
            Run = ended.Run, Device = $"device-{ended.Device:000000}", Step = 0, Platform = "cisco_ios", Command = "show version",
            Verdict = ended.Device % 20 == 0 ? "refused" : "accepted", FaultKind = ended.Device % 20 == 0 ? "device_error" : null, FaultText = ended.Device % 20 == 0 ? "The device answered: % Invalid" : null,
            ElapsedMicroseconds = 1234, Output = "Cisco IOS Software, C3900 Software, Version 15.7(3)M4, RELEASE SOFTWARE (fc2)\nuptime is 3 weeks",
        }),
        _ => throw new NotSupportedException(),
    };

    private sealed record Began(string Run, int Tasks);

    private sealed record Started(int Device);

    private sealed record Ended(string Run, int Device);

    // A run as Commando writes it: so many devices at a time, each with its intent on record before its outcome.
    private sealed class Writer : ReceivePersistentActor
    {
        private readonly string run;
        private readonly int tasks;
        private readonly TaskCompletionSource over;
        private int next;
        private int done;

        public Writer(string run, int tasks, int open, TaskCompletionSource over)
        {
            this.run = run;
            this.tasks = tasks;
            this.over = over;
            Recover<object>(_ => { });
            Command<string>(_ => PersistAsync(new Began(run, tasks), _ =>
            {
                for (var device = 0; device < Math.Min(open, tasks); device++)
                    Start();
            }));
        }

        public override string PersistenceId => run;

        private void Start()
        {
            if (next == tasks)
                return;

            var device = next++;
            PersistAsync(new Started(device), _ => PersistAsync(new Ended(run, device), _ =>
            {
                if (++done == tasks)
                    over.SetResult();
                Start();
            }));
        }

        protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => over.TrySetException(cause);
    }
}
