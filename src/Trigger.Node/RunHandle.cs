using System.Threading.Channels;
using Trigger.Jobs;
using Trigger.Kernel.Actor;

namespace Trigger.Node;

/// <summary>A run under way in this process: its news, and the way to stop it.</summary>
public sealed class RunHandle
{
    private readonly ChannelReader<RunNews> news;
    private readonly IActorRef commando;

    internal RunHandle(RunId id, ChannelReader<RunNews> news, IActorRef commando)
    {
        Id = id;
        this.news = news;
        this.commando = commando;
    }

    public RunId Id { get; }

    /// <summary>Everything that is written about the run, as it is written; ends with the run. To be read once.</summary>
    public IAsyncEnumerable<RunNews> News => news.ReadAllAsync();

    /// <summary>Nothing further is begun; what was begun is finished.</summary>
    public void Pause(string by) => commando.Tell(new RunCommand.Pause(by), ActorRefs.NoSender);

    public void Unpause(string by) => commando.Tell(new RunCommand.Unpause(by), ActorRefs.NoSender);

    public void Approve(string by) => commando.Tell(new RunCommand.Approve(by), ActorRefs.NoSender);

    /// <summary>Nothing more is sent; what was sent is waited for.</summary>
    public void Cancel(string by) => commando.Tell(new RunCommand.Cancel(by), ActorRefs.NoSender);
}
