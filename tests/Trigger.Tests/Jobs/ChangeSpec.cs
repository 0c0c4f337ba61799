using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Jobs;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Persistence.Journal;
using Trigger.Lab;
using Trigger.Lab.Simulating;
using Trigger.Sessions;
using Trigger.Tests.Devices;

namespace Trigger.Tests.Jobs;

/// <summary>Whole changes on one pretended device, in virtual time.</summary>
public abstract class ChangeSpec
{
    protected const string Line = "ntp server 192.0.2.1";
    protected const string Old = "ntp server 192.0.2.99";

    /// <summary>A verification that passes, and one that fails: every device shows its name in its configuration.</summary>
    protected static HealthCheck Passes(string platform) => new(Platforms.BuiltIn.Get(platform).Samples.ShowVersion, "Trigger Lab", MustMatch: true);

    protected static HealthCheck Fails(string platform) => Passes(platform) with { MustMatch = false };

    /// <summary>What set-style platforms are typed.</summary>
    protected static string LineFor(string platform) => platform is "juniper_junos" or "vyos" ? $"set {Line}" : Line;

    internal static ChangePlan PlanFor(string platform, ChangePlan? wanted = null)
    {
        var plan = wanted ?? Nothing();
        return plan with { Recipes = new Dictionary<string, ChangeRecipe> { [platform] = ChangeRecipe.Of(Platforms.BuiltIn.Get(platform), plan, $"trigger-{Runs.Id}") } };
    }

    internal static ChangePlan Nothing() => new() { Recipes = new Dictionary<string, ChangeRecipe>() };

    internal sealed class World(string platform, ChangePlan plan, params string[] lines)
    {
        private int lives;

        public MemoryEvents Events { get; } = new();

        public LabConfiguration Configuration { get; } = new(Old);

        public SimulatedField? Field { get; private set; }

        public Func<string, bool, bool> Cuts { get; set; } = (_, _) => false;

        /// <summary>The moment at which the last engine stopped.</summary>
        public DateTimeOffset Now { get; private set; }

        public List<object> News { get; } = [];

        public ChangeEnding Ending => Assert.Single(Recorded.OfType<RunEvent.DeviceChanged>()).Ending;

        public IEnumerable<string> Heard => Field!.Heard.Select(heard => heard.Command);

        public IReadOnlyList<RunEvent> Recorded => [.. Events.Between(Commando.StreamOf(Runs.Id), 1, long.MaxValue, long.MaxValue).Select(stored => (RunEvent)stored.Payload)];

        public IReadOnlyList<string> Running => Configuration.Running(Now);

        /// <summary>One engine's life: to the end, or that many turns.</summary>
        /// <returns>Whether the run came to its end.</returns>
        public bool Live(int turns = int.MaxValue, Action<Simulation, IActorRef>? each = null, int seed = 1)
        {
            using var engine = new Simulation(seed + lives, null, JournalSetup.InMemory(Events));
            if (Now > engine.Clock.GetUtcNow())
                engine.Clock.Advance(Now - engine.Clock.GetUtcNow()); // Devices do not go back in time when an engine dies.
            Field ??= new SimulatedField(["r1"], new Random(seed), 0, new FarClock(this), platform) { Configurations = { ["r1"] = Configuration }, Cuts = (command, heard) => Cuts(command, heard) };
            clock = engine.Clock;
            var sessions = engine.System.ActorOf(Props.Create(() => new SessionKeeper(new SessionPlan(Field.Dial, Platforms.BuiltIn, engine.Clock, null), 100)));
            var listener = engine.Probe();
            var commando = engine.System.ActorOf(Props.Create(() => new Commando(Runs.Id, sessions, engine.Clock)));
            var who = CredentialBook.Of(new Credentials("lab", new Secret("lab"), new Secret("lab")));
            if (Recorded.Any(happened => happened is RunEvent.DevicesChosen))
                commando.Tell(new RunCommand.Resume(name => Field.Devices.First(device => device.Name == name), who, listener.Ref, "carol"), listener.Ref);
            else if (Recorded.Count == 0)
                commando.Tell(new RunCommand.Submit(Runs.Spec(lines) with { Change = plan }, Field.Devices, who, listener.Ref), listener.Ref);
            else
                return true; // It died between its first two writes, and no device was chosen.

            lives++;
            var over = Turn(engine, listener, commando, turns, each);
            News.AddRange(listener.Messages);
            Now = engine.Clock.GetUtcNow();
            return over;
        }

        public World ToTheEnd()
        {
            Assert.True(Live());
            return this;
        }

        private TimeProvider? clock;

        private static bool Turn(Simulation engine, SimulatedProbe listener, IActorRef commando, int turns, Action<Simulation, IActorRef>? each)
        {
            for (var turn = 0; turn < turns; turn++)
            {
                each?.Invoke(engine, commando);
                if (listener.Messages.Any(news => news is RunNews.Finished or RunNews.Declined or RunNews.Broke))
                    return true;
                if (engine.Step())
                    continue;
                if (engine.Clock.NextRing is not { } ring || turn > 100_000)
                    throw new InvalidOperationException($"The run hangs: {string.Join(" | ", listener.Messages.TakeLast(3))}");
                engine.Clock.Advance(ring);
            }

            return false;
        }

        // The devices' own clock outlives engines.
        private sealed class FarClock(World world) : TimeProvider
        {
            public override DateTimeOffset GetUtcNow() => world.clock!.GetUtcNow();
        }
    }
}
