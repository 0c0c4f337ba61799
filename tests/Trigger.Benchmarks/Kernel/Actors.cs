using Trigger.Kernel.Actor;

namespace Trigger.Benchmarks.Kernel;

internal sealed record Begin(int Window);

internal sealed class Token
{
    public static readonly Token Instance = new();
}

/// <summary>Answers whatever it is told.</summary>
internal sealed class Echo : UntypedActor
{
    protected override void OnReceive(object message) => Sender.Tell(message);
}

internal sealed class TypedEcho : ReceiveActor
{
    public TypedEcho()
    {
        Receive<Token>(token => Sender.Tell(token));
        ReceiveAny(other => Sender.Tell(other));
    }
}

/// <summary>Keeps so many messages in flight to an echo until all have come back.</summary>
internal sealed class Player(IActorRef partner, long rallies, TaskCompletionSource done) : UntypedActor
{
    private long _toSend = rallies;
    private long _toReceive = rallies;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Begin begin:
                for (var i = 0; i < begin.Window; i++)
                    Serve();
                break;
            case Token:
                if (--_toReceive == 0)
                    done.SetResult();
                else if (_toSend > 0)
                    Serve();
                break;
            default:
                Sender.Tell(message);
                break;
        }
    }

    private void Serve()
    {
        _toSend--;
        partner.Tell(Token.Instance);
    }
}

internal sealed class Counter(long expected, TaskCompletionSource done) : UntypedActor
{
    private long _left = expected;

    protected override void OnReceive(object message)
    {
        if (message is not Token)
            Sender.Tell(message);
        else if (--_left == 0)
            done.SetResult();
    }
}

internal sealed class Producer(IActorRef consumer) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is not long count)
        {
            Sender.Tell(message);
            return;
        }

        for (var i = 0L; i < count; i++)
            consumer.Tell(Token.Instance);
    }
}

/// <summary>Does nothing with what it is told, but answers strings, so that one can ask whether it has come to the end of its queue.</summary>
internal sealed class Sink : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is string)
            Sender.Tell(message);
    }
}

internal sealed class TenHandlers : ReceiveActor
{
    public TenHandlers()
    {
        Receive<int>(_ => { });
        Receive<long>(_ => { });
        Receive<double>(_ => { });
        Receive<Begin>(_ => { });
        Receive<Uri>(_ => { });
        Receive<Version>(_ => { });
        Receive<Exception>(_ => { });
        Receive<Type>(_ => { });
        Receive<string>(text => Sender.Tell(text));
        Receive<Token>(_ => { });
    }
}

internal sealed class Waiter : ReceiveActor
{
    public Waiter()
    {
        ReceiveAsync<Token>(_ => Task.CompletedTask);
        Receive<string>(text => Sender.Tell(text));
    }
}

internal sealed class Changer : UntypedActor
{
    protected override void OnReceive(object message) => Turn(message, Other);

    private void Other(object message) => Turn(message, OnReceive);

    private void Turn(object message, UntypedReceive next)
    {
        if (message is string)
            Sender.Tell(message);
        else
            Become(next);
    }
}

internal enum Side
{
    Heads,
    Tails,
}

/// <summary>Changes its state at every token; "stay" changes its data only.</summary>
internal sealed class Coin : FSM<Side, int>
{
    public Coin(TimeSpan? idle)
    {
        StartWith(Side.Heads, 0);
        When(Side.Heads, Meet, idle);
        When(Side.Tails, Meet, idle);
        Initialize();
    }

    private State<Side, int> Meet(Event<int> happened)
    {
        switch (happened.FsmEvent)
        {
            case Token:
                return GoTo(StateName == Side.Heads ? Side.Tails : Side.Heads).Using(happened.StateData + 1);
            case "stay":
                return Stay().Using(happened.StateData + 1);
            default:
                Sender.Tell(happened.FsmEvent);
                return Stay();
        }
    }
}

internal sealed class Impatient : UntypedActor
{
    protected override void PreStart() => Context.SetReceiveTimeout(TimeSpan.FromSeconds(30));

    protected override void OnReceive(object message)
    {
        if (message is string)
            Sender.Tell(message);
    }
}

internal sealed class Rearming : UntypedActor, IWithTimers
{
    public ITimerScheduler Timers { get; set; } = null!;

    protected override void OnReceive(object message)
    {
        if (message is string)
            Sender.Tell(message);
        else
            Timers.StartSingleTimer("again", Token.Instance, TimeSpan.FromSeconds(30));
    }
}

internal sealed class Idle(CountdownEvent started) : UntypedActor
{
    protected override void PreStart() => started.Signal();

    protected override void OnReceive(object message)
    {
    }
}

internal sealed class Parent(CountdownEvent started) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is not int count)
        {
            Sender.Tell(message);
            return;
        }

        var props = Props.Create(() => new Idle(started));
        for (var i = 0; i < count; i++)
            Context.ActorOf(props);
    }
}
