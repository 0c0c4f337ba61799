using System.Threading.Channels;
using Trigger.Kernel.Actor;

namespace Trigger.Tests.Kernel;

/// <summary>An actor that writes down what it is told, for a test to read in order.</summary>
public sealed class Probe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<(object Message, IActorRef Sender)> _seen = Channel.CreateUnbounded<(object, IActorRef)>();

    public Probe(ActorSystem system) => Ref = system.ActorOf(Props.Create(() => new Writer(_seen.Writer)));

    public IActorRef Ref { get; }

    public IActorRef LastSender { get; private set; } = ActorRefs.Nobody;

    public async Task<object> Next()
    {
        using var patience = new CancellationTokenSource(Patience);
        var (message, sender) = await _seen.Reader.ReadAsync(patience.Token);
        LastSender = sender;
        return message;
    }

    public async Task<T> Expect<T>() => Assert.IsType<T>(await Next(), exactMatch: false);

    public async Task Expect(params object[] messages)
    {
        foreach (var message in messages)
            Assert.Equal(message, await Next());
    }

    /// <summary>Nothing has arrived that was sent before this call by the caller or by what the caller has heard from.</summary>
    public async Task ExpectNothingBefore(object marker)
    {
        Ref.Tell(marker);
        Assert.Equal(marker, await Next());
    }

    public void Watch(IActorRef subject) => Ref.Tell(new Watching(subject));

    private sealed record Watching(IActorRef Subject);

    private sealed class Writer(ChannelWriter<(object, IActorRef)> seen) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is Watching watching)
                Context.Watch(watching.Subject);
            else
                seen.TryWrite((message, Sender));
        }
    }
}
