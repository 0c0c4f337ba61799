using Trigger.Cluster.Membership;
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
    private readonly Dictionary<(MemberId From, long Talk), (IActorRef Ref, NetDevice Device, string Id, DateTimeOffset Since, TerminalManner? Person)> talks = [];
    private readonly List<(GiveUp Order, IActorRef Asker)> givingUp = [];
    private readonly List<LetterFrom> holdingOff = [];
    private readonly Grounds grounds;

    public SessionHost(Grounds grounds)
    {
        this.grounds = grounds;
        Receive<LetterFrom>(letter => letter.Letter is SessionLetter.Converse, letter => Begin(letter.From, (SessionLetter.Converse)letter.Letter));
        Receive<LetterFrom>(letter => letter.Letter is SessionLetter.Cancel, letter =>
        {
            // One that was never begun is over at once.
            if (holdingOff.RemoveAll(waiting => waiting.From == letter.From && waiting.Letter.Talk == letter.Letter.Talk) > 0)
                grounds.Send(letter.From, new SessionLetter.Ended(letter.Letter.Talk, FaultNote.Of(new DeviceFault.Cancelled(((SessionLetter.Cancel)letter.Letter).By))));
            else
                Pass(letter);
        });
        Receive<LetterFrom>(Pass);
        Receive<NodeGone>(gone => TellAll(talk => talk.From == gone.Node, new SessionLetter.Cancel(0, $"the loss of node {gone.Node.Node}")));
        Receive<Lose>(lose => Abandon(lose.Devices));
        Receive<GiveUp>(order =>
        {
            givingUp.Add((order, Sender));
            Settle();
        });
        Receive<Hurry>(hurry => TellAll(talk => hurry.Devices(talks[talk].Device), new FarCaller.Hurry()));
        Receive<Settled>(_ =>
        {
            var waited = holdingOff.ToArray();
            holdingOff.Clear();
            foreach (var letter in waited)
                Begin(letter.From, (SessionLetter.Converse)letter.Letter);
        });
        Receive<Keep>(keep => givingUp.RemoveAll(leaving => ReferenceEquals(leaving.Order, keep.Order)));
        Receive<TellTalks>(_ => Sender.Tell(new Talks([.. talks.Select(talk => new Talk(talk.Value.Device.Name, talk.Value.Device.Platform, talk.Value.Id, talk.Key.From.Node, talk.Value.Since))])));
        Receive<Stop>(stop =>
        {
            var device = talks.Values.Select(talk => talk.Device).FirstOrDefault(device => device.Name == stop.Device);
            if (device is not null)
                grounds.Keeper.Tell(new Reach(device, new SessionCommand.Abandon(grounds.Self().Node)));
            Sender.Tell(device is not null);
        });
        Receive<Over>(over =>
        {
            if (talks.Remove((over.From, over.Talk)))
                grounds.Count(-1);
            Settle();
        });
    }

    /// <summary>What a host stands on.</summary>
    /// <param name="EpochOf">Under which epoch the device is this node's; null when it is not. By this node's own clock.</param>
    /// <param name="MayTalk">Whether it may be talked to now: a device that was taken from a lost node is left alone for a while.</param>
    /// <param name="Credentials">Which fit a device, in the order in which they are tried.</param>
    internal sealed record Grounds(
        Func<MemberId> Self, IActorRef Keeper, Func<NetDevice, long?> EpochOf, Func<NetDevice, bool> MayTalk, Func<string, NetDevice?> Find, Func<NetDevice, IReadOnlyList<Credentials>> Credentials, SendLetter Send,
        TimeProvider Time, Action<int> Count)
    {
        /// <summary>How people look at conversations of others.</summary>
        public LineTaps Taps { get; init; } = new();
    }

    /// <summary>That node is no more, and its runs are others' now.</summary>
    internal sealed record NodeGone(MemberId Node);

    /// <summary>These devices are not this node's any more: every line to them is reset at once.</summary>
    internal sealed record Lose(Func<NetDevice, bool> Devices);

    /// <summary>Begin no further conversation with these devices; the asker hears <see cref="GivenUp"/> when those under way are over.</summary>
    internal sealed record GiveUp(Func<NetDevice, bool> Devices);

    /// <summary>What is under way with these devices ends behind the step that is, unless that is inside a configuration mode.</summary>
    internal sealed record Hurry(Func<NetDevice, bool> Devices);

    /// <summary>The time is over in which some devices were left alone.</summary>
    internal sealed record Settled;

    /// <summary>The devices stay after all.</summary>
    internal sealed record Keep(GiveUp Order);

    internal sealed record GivenUp(GiveUp Order);

    internal sealed record Over(MemberId From, long Talk);

    internal sealed record TellTalks;

    internal sealed record Talks(IReadOnlyList<Talk> All);

    /// <summary>One conversation that is under way, or waits for its turn.</summary>
    /// <param name="Coordinator">The node of the run.</param>
    internal sealed record Talk(string Device, string Platform, string Id, string Coordinator, DateTimeOffset Since);

    /// <summary>Reset the line to a device; whoever talks to it hears that it was lost. Answered by whether anybody did.</summary>
    internal sealed record Stop(string Device);

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void Begin(MemberId from, SessionLetter.Converse letter)
    {
        if (grounds.Find(letter.Device) is not { } device)
        {
            Deny(from, letter, new DeviceFault.EngineFailed($"Node {grounds.Self().Node} does not have {letter.Device} in its inventory."));
        }
        else if (grounds.EpochOf(device) != letter.Epoch || givingUp.Exists(leaving => leaving.Order.Devices(device)))
        {
            // The coordinator looks again where the device's home is; it is told, so that it does not have to wait for that to be seen.
            Deny(from, letter, new DeviceFault.NodeLost(grounds.Self().Node));
        }
        else if (Meant(grounds.Credentials(device), letter) is var meant && letter.Terminal?.Manner != TerminalManner.Watch && meant is null)
        {
            Deny(from, letter, new DeviceFault.CredentialMissing(
                "a user name and a password", $"Node {grounds.Self().Node} does not have the credential of '{letter.UserName}' for it; all nodes must be given the same."));
        }
        else if (!grounds.MayTalk(device))
        {
            holdingOff.Add(new LetterFrom(from, letter));
        }
        else if (!talks.ContainsKey((from, letter.Talk)))
        {
            var setup = new FarCaller.Setup(
                from, letter, device, meant!, grounds.Keeper, grounds.Self().Node, grounds.Send, () => grounds.EpochOf(device) == letter.Epoch);
            if (letter.Terminal is not null && Others(device) is { Length: > 0 } others)
                grounds.Send(from, new SessionLetter.Waits(letter.Talk, others));
            var talk = Context.ActorOf(letter.Terminal is null ? Props.Create(() => new FarCaller(setup)) : Props.Create(() => new FarTerminal(setup, grounds.Taps)));
            grounds.Count(1);
            talks.Add((from, letter.Talk), (talk, device, letter.Id, grounds.Time.GetUtcNow(), letter.Terminal?.Manner));
        }
    }

    // While a change of accounts spreads, a place may be another's here; a name that only one has is meant then.
    private static Credentials? Meant(IReadOnlyList<Credentials> fitting, SessionLetter.Converse letter)
    {
        if (letter.Credential < fitting.Count && fitting[letter.Credential].UserName == letter.UserName)
            return fitting[letter.Credential];
        var named = fitting.Where(one => one.UserName == letter.UserName).Take(2).ToArray();
        return named.Length == 1 ? named[0] : null;
    }

    private string Others(NetDevice device) => string.Join(", ", talks.Where(talk => talk.Value.Device.Name == device.Name && talk.Value.Person != TerminalManner.Watch)
        .Select(talk => talk.Value.Id));

    private void Pass(LetterFrom letter)
    {
        if (talks.TryGetValue((letter.From, letter.Letter.Talk), out var talk))
            talk.Ref.Tell(letter.Letter, ActorRefs.NoSender);
    }

    private void Deny(MemberId from, SessionLetter.Converse letter, DeviceFault fault) => grounds.Send(from, new SessionLetter.Ended(letter.Talk, FaultNote.Of(fault)));

    private void Abandon(Func<NetDevice, bool> lost)
    {
        foreach (var device in talks.Values.Select(talk => talk.Device).Where(lost).DistinctBy(device => device.Name).ToArray())
            grounds.Keeper.Tell(new Reach(device, new SessionCommand.Abandon(grounds.Self().Node)));
        // Who only watches has no line that could be reset.
        TellAll(talk => talks[talk].Person == TerminalManner.Watch && lost(talks[talk].Device), new FarCaller.Hurry());
    }

    private void TellAll(Func<(MemberId From, long Talk), bool> which, object message)
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
