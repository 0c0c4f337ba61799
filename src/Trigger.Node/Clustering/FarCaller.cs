using Trigger.Cluster.Membership;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Kernel.Actor;
using Trigger.Sessions;

namespace Trigger.Node.Clustering;

/// <summary>
/// Stands for a run on another node, and for the guard of its credentials: the session is here, they are there. Its other half is <see cref="FarSession"/>.
/// </summary>
internal sealed class FarCaller : ReceiveActor
{
    private const string HandOver = "the hand-over of the device";

    private readonly Setup setup;
    private readonly ConversationId id;
    private IActorRef session = ActorRefs.Nobody;
    private IActorRef asker = ActorRefs.Nobody;
    private bool inWorkMode = true;
    private bool hurried;
    private bool asksLeave;

    public FarCaller(Setup setup)
    {
        this.setup = setup;
        // Two coordinators may use one name for two conversations, one after the other.
        id = new ConversationId($"{setup.Letter.Id}@{setup.From.Node}.{setup.From.Incarnation}");

        Receive<SessionFact>(Tell);
        Receive<CredentialUse.MayShow>(_ =>
        {
            asker = Sender;
            Write(new SessionLetter.MayShow(Talk));
        });
        Receive<CredentialUse.Judged>(judged => Write(new SessionLetter.Judged(Talk, judged.Accepted)));
        Receive<SessionLetter.Granted>(_ => asker.Tell(new CredentialUse.Granted()));
        Receive<SessionLetter.Withheld>(withheld => asker.Tell(new CredentialUse.Withheld(withheld.Refusals)));
        // Leave that comes when the device is no longer ours is not passed on; the run will hear that the device was lost.
        Receive<SessionLetter.Proceed>(leave => setup.IsHere(), leave => session.Tell(new SessionCommand.Proceed(id, leave.Step)));
        Receive<SessionLetter.More>(more => setup.IsHere(), more => session.Tell(new SessionCommand.More(id, more.Steps)));
        Receive<SessionLetter.Enough>(_ => session.Tell(new SessionCommand.Enough(id)));
        Receive<SessionLetter.Cancel>(cancel => Reach(new SessionCommand.Cancel(id, cancel.By)));
        Receive<SessionLetter.Answer>(said => setup.IsHere(), said => Reach(new SessionCommand.Answer(id, said.Step, said.Text, said.By)));
        Receive<Hurry>(_ =>
        {
            hurried = true;
            CutShort();
        });
    }

    /// <param name="Credentials">Stay the node's.</param>
    /// <param name="IsHere">Whether this node may still talk to the device.</param>
    internal sealed record Setup(
        MemberId From, SessionLetter.Converse Letter, NetDevice Device, Credentials Credentials, IActorRef Keeper, string Node, SendLetter Send, Func<bool> IsHere);

    /// <summary>End behind the step under way, unless it is inside a configuration mode.</summary>
    internal sealed record Hurry;

    private long Talk => setup.Letter.Talk;

    protected override void PreStart()
    {
        var letter = setup.Letter;
        Reach(new SessionCommand.Converse(id, letter.Steps, setup.Credentials, Self, letter.StopAtError)
        {
            Language = letter.Language,
            Init = letter.Init,
            Interval = letter.Interval,
            Park = letter.Park,
            ReadOnly = letter.ReadOnly,
            Trace = letter.Trace,
            Steered = letter.Steered,
            Recording = letter.Recording,
        });
    }

    protected override void PostStop() => Context.Parent.Tell(new SessionHost.Over(setup.From, Talk));

    private void Tell(SessionFact fact)
    {
        switch (fact)
        {
            case SessionFact.WantsLeave:
                session = Sender;
                asksLeave = true;
                break;
            case SessionFact.WantsMore:
                session = Sender;
                break;
            case SessionFact.Answered answered:
                (inWorkMode, asksLeave) = (answered.InWorkMode, false);
                break;
            case SessionFact.Refused refused:
                (inWorkMode, asksLeave) = (refused.InWorkMode, false);
                break;
        }

        // Whoever asked for the conversation has not cancelled it: to them the device goes on elsewhere.
        if (fact is SessionFact.Ended { Fault: DeviceFault.Cancelled { By: HandOver } })
            fact = new SessionFact.Ended(fact.Id, new DeviceFault.NodeLost(setup.Node));
        Write(SessionLetter.Of(Talk, fact));
        if (fact is SessionFact.Ended)
            Context.Stop(Self);
        else
            CutShort();
    }

    private void CutShort()
    {
        // Leave may be on its way: a step that has it and is not sent would be in doubt.
        if (hurried && inWorkMode && !asksLeave)
            Reach(new SessionCommand.Cancel(id, HandOver));
    }

    private void Reach(SessionCommand command) => setup.Keeper.Tell(new Reach(setup.Device, command), Self);

    private void Write(SessionLetter letter) => setup.Send(setup.From, letter);
}
