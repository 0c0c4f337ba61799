using Trigger.Kernel.Actor;

namespace Trigger.Tests.Kernel.Semantics;

public sealed class Asking_and_awaiting : SemanticsSpec
{
    [Fact]
    public void An_ask_fails_in_a_way_that_says_why() => Gives(
        "AskTimeoutException ; ArgumentException:nope ; ArgumentException ; TaskCanceledException ; AskTimeoutException",
        (sim, trace) =>
        {
            var silent = Spawn(sim, () => new Answering(_ => null));
            trace.Add(sim.AwaitFailure(silent.Ask<string>("x", Ms(60))).GetType().Name);

            var failing = Spawn(sim, () => new Answering(_ => new Status.Failure(new ArgumentException("nope"))));
            var cause = sim.AwaitFailure(failing.Ask<string>("x", Second));
            trace.Add($"{cause.GetType().Name}:{cause.Message}");

            trace.Add(sim.AwaitFailure(Spawn(sim, () => new Answering(message => message)).Ask<int>("text", Second)).GetType().Name);

            using var cancel = new CancellationTokenSource();
            var cancelled = silent.Ask<string>("x", Second, cancel.Token);
            cancel.Cancel();
            trace.Add(sim.AwaitFailure(cancelled).GetType().Name);

            sim.Await(silent.GracefulStop(Second));
            trace.Add(sim.AwaitFailure(silent.Ask<string>("x", Ms(80))).GetType().Name);
        });

    [Fact]
    public void A_task_is_piped_as_its_value_or_as_a_failure() => Gives(
        "ok ; Failure(InvalidOperationException)",
        (sim, trace) =>
        {
            var ear = Spawn(sim, () => new Letters(trace));
            Task.FromResult<object>("ok").PipeTo(ear);
            sim.Settle();
            Task.FromException<object>(new InvalidOperationException("bad")).PipeTo(ear);
            sim.Settle();
        });

    [Fact]
    public void Forwarding_keeps_the_sender() => Gives(
        "hi",
        (sim, trace) =>
        {
            var echo = Spawn(sim, () => new Answering(message => message));
            trace.Add(sim.Await(Spawn(sim, () => new Forwarding(echo)).Ask<string>("hi", Second)));
        });

    [Fact]
    public void Nothing_comes_between_the_awaits_of_a_handler() => Gives(
        "a.begin ; a.end self=True ; b.begin ; b.end self=True",
        (sim, trace) =>
        {
            Tell(sim, Spawn(sim, () => new Awaiting(trace, sim.Clock)), "a", "b");
            sim.Run(Ms(300));
        });

    [Fact]
    public void An_exception_after_an_await_restarts() => Gives(
        "fail.begin ; PreRestart(fail,InvalidOperationException) ; b.begin ; b.end self=True",
        (sim, trace) =>
        {
            Tell(sim, Spawn(sim, () => new Awaiting(trace, sim.Clock)), "fail", "b");
            sim.Run(Ms(300));
        });

    private sealed class Answering(Func<object, object?> answer) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (answer(message) is { } told)
                Sender.Tell(told);
        }
    }

    private sealed class Forwarding(IActorRef target) : UntypedActor
    {
        protected override void OnReceive(object message) => target.Forward(message);
    }

    private sealed class Awaiting : ReceiveActor
    {
        private readonly Trace trace;

        public Awaiting(Trace trace, TimeProvider time)
        {
            this.trace = trace;
            ReceiveAsync<string>(async message =>
            {
                trace.Add($"{message}.begin");
                await Moment(time);
                if (message == "fail")
                    throw new InvalidOperationException("as told");
                trace.Add($"{message}.end self={Self is not null}");
            });
        }

        protected override void PreRestart(Exception reason, object? message)
        {
            trace.Add($"PreRestart({message},{reason.GetType().Name})");
            base.PreRestart(reason, message!);
        }

        private static Task Moment(TimeProvider time)
        {
            var passed = new TaskCompletionSource();
            var timer = time.CreateTimer(_ => passed.SetResult(), null, Ms(50), Timeout.InfiniteTimeSpan);
            return passed.Task.ContinueWith(_ => timer.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
