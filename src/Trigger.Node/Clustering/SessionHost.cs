using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Kernel.Actor;
using Trigger.Sessions;

namespace Trigger.Node.Clustering;

/// <summary>
/// Lets the whole cluster talk to the devices of this node, as long as they are its own: holds a <see cref="FarCaller"/> for every conversation, ends those whose coordinator is gone, and
/// lets go of devices that the node loses or gives up.
/// </summary>
internal sealed class SessionHost : ReceiveActor
{
    private readonly Dictionary<(NodeRef From, long Talk), (IActorRef Ref, NetDevice Device)> talks = [];
    private readonly List<(GiveUp Order, IActorRef Asker)> givingUp = [];
    private readonly Grounds grounds;

    public SessionHost(Grounds grounds)
    {
        this.grounds = grounds;
        Receive<LetterFrom>(letter => letter.Letter is SessionLetter.Converse, letter => Begin(letter.From, (SessionLetter.Converse)letter.Letter));
        Receive<LetterFrom>(letter =>
        {
            if (talks.TryGetValue((letter.From, letter.Letter.Talk), out var talk))
                talk.Ref.Tell(letter.Letter, ActorRefs.NoSender);
        });
        Receive<NodeGone>(gone => TellAll(talk => talk.From == gone.Node, new SessionLetter.Cancel(0, $"the loss of node {gone.Node}")));
        Receive<Lose>(lose => Abandon(lose.Devices));
        Receive<GiveUp>(order =>
        {
            givingUp.Add((order, Sender));
            Settle();
        });
        Receive<Hurry>(hurry => TellAll(talk => hurry.Devices(talks[talk].Device), new FarCaller.Hurry()));
        Receive<Keep>(keep => givingUp.RemoveAll(leaving => ReferenceEquals(leaving.Order, keep.Order)));
        Receive<Over>(over =>
        {
            talks.Remove((over.From, over.Talk));
            Settle();
        });
    }

    /// <summary>What a host stands on.</summary>
    /// <param name="EpochOf">Under which epoch this node may talk to the device now; null when it may not. Checked on its own clock.</param>
    /// <param name="Credentials">Which fit a device, in the order in which they are tried.</param>
    internal sealed record Grounds(
        NodeRef Self, IActorRef Keeper, Func<NetDevice, long?> EpochOf, Func<string, NetDevice?> Find, Func<NetDevice, IReadOnlyList<Credentials>> Credentials, SendLetter Send);

    /// <summary>That node is no more, and its runs are others' now.</summary>
    internal sealed record NodeGone(NodeRef Node);

    /// <summary>These devices are not this node's any more: every line to them is reset at once.</summary>
    internal sealed record Lose(Func<NetDevice, bool> Devices);

    /// <summary>Begin no further conversation with these devices; the asker hears <see cref="GivenUp"/> when those under way are over.</summary>
    internal sealed record GiveUp(Func<NetDevice, bool> Devices);

    /// <summary>What is under way with these devices ends behind the step that is, unless that is inside a configuration mode.</summary>
    internal sealed record Hurry(Func<NetDevice, bool> Devices);

    /// <summary>The devices stay after all.</summary>
    internal sealed record Keep(GiveUp Order);

    internal sealed record GivenUp(GiveUp Order);

    internal sealed record Over(NodeRef From, long Talk);

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void Begin(NodeRef from, SessionLetter.Converse letter)
    {
        if (grounds.Find(letter.Device) is not { } device)
        {
            Deny(from, letter, new DeviceFault.EngineFailed($"Node {grounds.Self} does not have {letter.Device} in its inventory."));
        }
        else if (grounds.EpochOf(device) != letter.Epoch || givingUp.Exists(leaving => leaving.Order.Devices(device)))
        {
            // The coordinator looks again where the device's home is; it is told, so that it does not have to wait for that to be seen.
            Deny(from, letter, new DeviceFault.NodeLost(grounds.Self.Name));
        }
        else if (grounds.Credentials(device) is var fitting && (letter.Credential >= fitting.Count || fitting[letter.Credential].UserName != letter.UserName))
        {
            Deny(from, letter, new DeviceFault.CredentialMissing(
                "a user name and a password", $"Node {grounds.Self} does not have the credential of '{letter.UserName}' for it; all nodes must be given the same."));
        }
        else if (!talks.ContainsKey((from, letter.Talk)))
        {
            var setup = new FarCaller.Setup(from, letter, device, fitting[letter.Credential], grounds.Keeper, grounds.Self, grounds.Send, () => grounds.EpochOf(device) == letter.Epoch);
            var talk = Context.ActorOf(Props.Create(() => new FarCaller(setup)));
            talks.Add((from, letter.Talk), (talk, device));
        }
    }

    private void Deny(NodeRef from, SessionLetter.Converse letter, DeviceFault fault) => grounds.Send(from, new SessionLetter.Ended(letter.Talk, FaultNote.Of(fault)));

    private void Abandon(Func<NetDevice, bool> lost)
    {
        foreach (var device in talks.Values.Select(talk => talk.Device).Where(lost).DistinctBy(device => device.Name).ToArray())
            grounds.Keeper.Tell(new Reach(device, new SessionCommand.Abandon(grounds.Self.Name)));
    }

    private void TellAll(Func<(NodeRef From, long Talk), bool> which, object message)
    {
        foreach (var talk in talks.Keys.Where(which).ToArray())
            talks[talk].Ref.Tell(message, ActorRefs.NoSender);
    }

    /// <summary>Who waits to hear that nobody talks to some devices any more.</summary>
    private void Settle()
    {
        foreach (var (order, asker) in givingUp)
        {
            if (!talks.Values.Any(talk => order.Devices(talk.Device)))
                asker.Tell(new GivenUp(order));
        }
    }
}
