using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Setup;
using Trigger.Kernel.Hosting;

namespace Trigger.Tests.Kernel;

/// <summary>A system of its own for each test, on a clock of its own.</summary>
public abstract class KernelSpec : IAsyncDisposable
{
    protected static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    protected KernelSpec(params Setup[] more)
    {
        System = ActorSystem.Create("test", ActorSystemSetup.Create([new KernelSetup { Time = Clock }, .. more]));
        Probe = new Probe(System);
    }

    protected FakeClock Clock { get; } = new();

    protected ActorSystem System { get; }

    protected Probe Probe { get; }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await System.Terminate().WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    protected IActorRef Spawn(Action<Scripted, object> onReceive, string? name = null, Probe? hooks = null, Action<Scripted>? onStart = null, SupervisorStrategy? strategy = null) =>
        System.ActorOf(Script(onReceive, hooks, onStart, strategy), name);

    protected static Props Script(Action<Scripted, object> onReceive, Probe? hooks = null, Action<Scripted>? onStart = null, SupervisorStrategy? strategy = null) =>
        Props.Create(() => new Scripted(onReceive, hooks, onStart, strategy));

    /// <summary>Everything told to the actor before has been processed.</summary>
    protected static Task Processed(IActorRef actor) => actor.Ask<ActorIdentity>(new Identify(null)).WaitAsync(Patience);

    protected static void Fail(string message) => throw new InvalidOperationException(message);
}
