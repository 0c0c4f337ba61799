using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Platforms;
using Trigger.Kernel.Actor;

namespace Trigger.Node.Broadcasts;

/// <summary>
/// One person's lines to many devices: each is logged in to with the first line and stays so for the next ones, until nothing was said for <see cref="IdleTime"/>; a line after that logs in
/// again. One line at a time. While it is open, nobody else talks to those devices.
/// </summary>
public sealed class Broadcast : IAsyncDisposable
{
    /// <summary>How long devices are kept without a line.</summary>
    public static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(5);

    private readonly PlatformCatalog platforms;
    private readonly IActorRef desk;
    private readonly ActorSystem system;

    internal Broadcast(ActorSystem system, IActorRef sessions, IReadOnlyList<NetDevice> devices, Func<CredentialBook> credentials, PlatformCatalog platforms, string name)
    {
        this.system = system;
        this.platforms = platforms;
        Devices = devices;
        desk = system.ActorOf(Props.Create(() => new BroadcastDesk(sessions, devices, credentials, name)));
    }

    /// <summary>Who hears every line.</summary>
    public IReadOnlyList<NetDevice> Devices { get; }

    /// <summary>On how many devices a line may change something: all for which it is not known to only read.</summary>
    public int Changes(string line) => Devices.GroupBy(device => device.Platform).Where(alike => !platforms.Get(alike.Key).MayRepeat(line)).Sum(alike => alike.Count());

    /// <summary>Sends a line to all devices and tells what each says, as it comes: exactly one answer of each.</summary>
    /// <param name="cancel">Nothing more is sent; what was sent is waited for, and told.</param>
    public async IAsyncEnumerable<BroadcastAnswer> Say(string line, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var answers = Channel.CreateUnbounded<BroadcastAnswer>(new UnboundedChannelOptions { SingleReader = true });
        desk.Tell(new BroadcastDesk.Say(line, answers.Writer), ActorRefs.NoSender);
        await using var stop = cancel.Register(() => desk.Tell(new BroadcastDesk.Stop(), ActorRefs.NoSender));
        await foreach (var answer in answers.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            yield return answer;
    }

    /// <summary>Says goodbye to the devices.</summary>
    public async ValueTask DisposeAsync()
    {
        desk.Tell(new BroadcastDesk.Leave(), ActorRefs.NoSender);
        if (!system.WhenTerminated.IsCompleted)
            await ((Task)desk.WatchAsync()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
