using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;
using Trigger.Lab.Simulating;

namespace Trigger.Tests.Lab.Simulating;

/// <summary>Workers that fail at random, under a supervisor that restarts them three times and then lets them go.</summary>
public sealed class Supervision_under_failures
{
    private const int Jobs = 20;

    [Fact]
    public void loses_no_job_and_tells_every_end_once() => Simulation.Explore(1500, sim =>
    {
        var (done, lost) = (sim.Probe(), sim.Probe());
        var failed = new List<Job>();
        sim.System.EventStream.Subscribe<DeadLetter>(lost.Ref);
        var team = sim.System.ActorOf(Props.Create(() => new Team(sim, done.Ref, failed)), "team");
        for (var i = 0; i < Jobs; i++)
            team.Tell(new Job(i % 3, i), ActorRefs.NoSender);
        sim.Settle();

        Job[] finished = [.. done.Messages.OfType<Job>()];
        Job[] buried = [.. lost.Messages.OfType<DeadLetter>().Select(letter => letter.Message).OfType<Job>()];
        Assert.Equal(Enumerable.Range(0, Jobs), finished.Concat(failed).Concat(buried).Select(job => job.Number).Order());

        // To one worker the jobs came in order, over all its restarts.
        foreach (var worker in new[] { 0, 1, 2 })
        {
            var mine = finished.Where(job => job.Worker == worker).Select(job => job.Number).ToList();
            Assert.Equal(mine.Order(), mine);

            // Three restarts are allowed, so a fourth failure is an end, told once.
            var ends = done.Messages.OfType<Ended>().Count(end => end.Worker == worker);
            Assert.Equal(failed.Count(job => job.Worker == worker) > 3 ? 1 : 0, ends);
        }
    });

    private sealed record Job(int Worker, int Number);

    private sealed record Ended(int Worker);

    private sealed class Team : ReceiveActor
    {
        public Team(Simulation sim, IActorRef done, List<Job> failed)
        {
            IActorRef[] workers = [.. Enumerable.Range(0, 3).Select(i => Context.Watch(Context.ActorOf(Props.Create(() => new Worker(sim, done, failed)), $"w{i}")))];
            Receive<Job>(job => workers[job.Worker].Tell(job));
            Receive<Terminated>(end => done.Tell(new Ended(Array.IndexOf(workers, end.ActorRef))));
        }

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(3, TimeSpan.FromHours(1), _ => Directive.Restart);
    }

    private sealed class Worker(Simulation sim, IActorRef done, List<Job> failed) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            try
            {
                sim.MayFail(0.3, "the worker");
            }
            catch (SimulatedFaultException)
            {
                failed.Add((Job)message);
                throw;
            }

            done.Tell(message);
        }
    }
}
