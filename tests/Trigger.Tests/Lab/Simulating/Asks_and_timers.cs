using Trigger.Kernel.Actor;
using Trigger.Lab.Simulating;

namespace Trigger.Tests.Lab.Simulating;

/// <summary>A server that answers each question after a delay of its own, and clients with little patience.</summary>
public sealed class Asks_and_timers
{
    [Fact]
    public void end_every_question_once_and_leave_no_timer_behind() => Simulation.Explore(1500, sim =>
    {
        // In half of the runs everybody is punctual; in the others time overtakes those who have work waiting.
        var punctual = sim.Random.Next(2) == 0;
        var server = sim.System.ActorOf(Props.Create(() => new Slow()));
        var questions = Enumerable.Range(0, 8).Select(i =>
        {
            var (delay, patience) = (TimeSpan.FromMilliseconds(sim.Random.Next(1000)), TimeSpan.FromMilliseconds(sim.Random.Next(1, 1000)));
            return (i, delay, patience, Answer: server.Ask<int>(new Question(i, delay), patience));
        }).ToList();

        sim.Run(TimeSpan.FromSeconds(3), punctual ? 0 : 0.2);

        foreach (var (i, delay, patience, answer) in questions)
        {
            Assert.True(answer.IsCompleted);
            if (delay > patience)
                Assert.IsType<AskTimeoutException>(answer.Exception!.InnerException);
            else if (punctual && delay < patience)
                Assert.Equal(i, answer.GetAwaiter().GetResult());
        }

        Assert.Null(sim.Clock.NextRing);
    });

    private sealed record Question(int Number, TimeSpan Delay);

    private sealed record Due(Question Question, IActorRef From);

    private sealed class Slow : ReceiveActor, IWithTimers
    {
        public Slow()
        {
            Receive<Question>(question => Timers.StartSingleTimer(question.Number, new Due(question, Sender), question.Delay));
            Receive<Due>(due => due.From.Tell(due.Question.Number));
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }
}
