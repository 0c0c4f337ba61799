using Trigger.Cluster.Sharding;
using Trigger.Devices;
using Trigger.Kernel.Actor;
using Trigger.Sessions;

namespace Trigger.Node.Clustering;

/// <summary>
/// The door to all devices of the cluster, in the place of the local <see cref="SessionKeeper"/>: each conversation is led to the node that may talk to the device. A conversation whose
/// node is lost ends with <see cref="DeviceFault.NodeLost"/>.
/// </summary>
internal sealed class ClusterSessions : ReceiveActor
{
    private readonly Dictionary<ConversationId, IActorRef> byName = [];
    private readonly Dictionary<long, (ConversationId Id, IActorRef Talk)> byNumber = [];
    private readonly List<long> sweepsToBegin = [];
    private readonly List<long> sweeping = [];
    private IActorRef keeper = ActorRefs.Nobody;
    private long numbers;

    /// <param name="homeOf">Who may talk to a device now; null while nobody may.</param>
    /// <param name="patience">How long a conversation waits for a node that may talk to its device.</param>
    public ClusterSessions(Func<NetDevice, ShardHome?> homeOf, SendLetter send, TimeSpan patience)
    {
        Receive<Reach>(reach => reach.Command is SessionCommand.Converse, reach => Begin(reach, null, homeOf, send, patience));
        Receive<Sit>(sit => Begin(new Reach(sit.Device, sit.Command), sit.Wish, homeOf, send, patience));
        Receive<Reach>(reach => Pass(reach.Command));
        Receive<LetterFrom>(letter =>
        {
            if (byNumber.TryGetValue(letter.Letter.Talk, out var known))
                known.Talk.Tell(letter, ActorRefs.NoSender);
        });
        Receive<HomesChanged>(changed =>
        {
            keeper = Sender;
            foreach (var known in byNumber.Values)
                known.Talk.Tell(changed, ActorRefs.NoSender);
        });
        Receive<Sweep>(wish =>
        {
            sweepsToBegin.Add(wish.Number);
            if (sweeping.Count == 0)
                BeginSweep();
        });
        Receive<Swept>(swept =>
        {
            foreach (var number in sweeping)
                byNumber.GetValueOrDefault(number).Talk?.Tell(swept, ActorRefs.NoSender);
            sweeping.Clear();
            if (sweepsToBegin.Count > 0)
                BeginSweep();
        });
        Receive<Over>(over =>
        {
            if (byNumber.Remove(over.Number, out var known) && byName.GetValueOrDefault(known.Id) is { } talk && talk.Equals(known.Talk))
                byName.Remove(known.Id);
        });
    }

    /// <summary>A person wants a terminal on the device.</summary>
    /// <param name="Command">Hands over to whom.</param>
    internal sealed record Sit(NetDevice Device, SessionCommand.Converse Command, TerminalWish Wish);

    /// <summary>Some device may have another home now.</summary>
    internal sealed record HomesChanged;

    internal sealed record Over(long Number);

    /// <summary>A conversation has lost its node, and wants to hear first what that node has written before.</summary>
    internal sealed record Sweep(long Number);

    /// <summary>Told to whoever tells of homes: all letters that lie ready are to be brought here, and then <see cref="Swept"/>.</summary>
    internal sealed record SweepWanted;

    internal sealed record Swept;

    // A conversation is not begun a second time: nobody knows how far it came.
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void Begin(Reach reach, TerminalWish? wish, Func<NetDevice, ShardHome?> homeOf, SendLetter send, TimeSpan patience)
    {
        var (request, caller, number) = ((SessionCommand.Converse)reach.Command, Sender, numbers++);
        var talk = Context.ActorOf(Props.Create(() => new FarSession(number, reach.Device, request, caller, homeOf, send, patience, wish)), $"talk-{number}");
        byName[request.Id] = talk;
        byNumber.Add(number, (request.Id, talk));
    }

    private void BeginSweep()
    {
        sweeping.AddRange(sweepsToBegin);
        sweepsToBegin.Clear();
        keeper.Tell(new SweepWanted());
    }

    private void Pass(SessionCommand command)
    {
        var id = command switch { SessionCommand.Cancel cancel => cancel.Id, SessionCommand.Answer said => said.Id, SessionCommand.Recall recall => recall.Id, _ => (ConversationId?)null };
        if (id is { } named && byName.TryGetValue(named, out var talk))
            talk.Tell(command, Sender);
    }
}
