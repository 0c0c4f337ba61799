using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Kernel.Actor;
using Trigger.Wire.Netconf;
using Trigger.Wire.Netconf.Model;

namespace Trigger.Sessions.Netconf;

/// <summary>
/// One NETCONF conversation with one device. Its steps are operations (<see cref="NetconfStep"/>); to its caller it is as any <see cref="DeviceSession"/>.
/// <code>
///  Idle ─Converse─▶ Asking ─granted─▶ Connecting ─hello─▶ Calling ◀─leave─▶ Ready
///   ▲                  └────────────────────┴──── refused, lost, overdue ────┤ last answer
///   └───────────────────────── closed ◀─ Leaving ◀───────────────────────────┘
/// </code>
/// </summary>
public sealed class NetconfDeviceSession : UntypedActor
{
    private readonly NetDevice device;
    private readonly Platform platform;
    private readonly SessionPlan plan;
    private NetconfTalk? talk;

    public NetconfDeviceSession(NetDevice device, Platform platform, SessionPlan plan)
    {
        this.device = device;
        this.platform = platform;
        this.plan = plan;
    }

    private NetconfTalk Talk => talk!;

    // What a task brought. It names its conversation, because a cancelled one may still come in late.
    private sealed record Connected(NetconfTalk Talk);

    private sealed record Replied(NetconfTalk Talk, RpcReply Reply);

    private sealed record Broken(NetconfTalk Talk, Exception Cause);

    private sealed record Left(NetconfTalk Talk);

    protected override void OnReceive(object message)
    {
        if (message is SessionCommand.Converse request)
            Begin(request);
        else
            Unhandled(message);
    }

    protected override void PostStop()
    {
        talk?.Check.Judge(accepted: null);
        talk?.Watch.Move(SessionState.Idle);
        _ = talk?.Leave();
    }

    private void Begin(SessionCommand.Converse request)
    {
        talk = new NetconfTalk(request, Sender, device, plan);
        if (request.Credentials.NameOn(device).Length == 0)
            Fail(new DeviceFault.CredentialMissing("a user name", "Set TRIGGER_USERNAME."));
        else if (!talk.HasCredential)
            Fail(new DeviceFault.CredentialMissing("a password or key", "Set TRIGGER_PASSWORD, or name a key in the credentials file."));
        else if (plan.Netconf is null)
            Fail(new DeviceFault.EngineFailed("This engine opens no NETCONF sessions."));
        else
        {
            talk.Check.Ask();
            Become(Asking);
        }
    }

    private void Asking(object message)
    {
        switch (message)
        {
            case CredentialUse.Granted:
                Talk.Check.Shown();
                Talk.Watch.Move(SessionState.Dialing);
                var own = Talk;
                own.Open(cancel => plan.Netconf!(device, platform, own.Request.Credentials, cancel)).PipeTo(
                    Self, success: _ => new Connected(own), failure: cause => new Broken(own, cause));
                Become(Connecting);
                break;
            case CredentialUse.Withheld withheld:
                Fail(new DeviceFault.CredentialSuspended(Talk.Request.Credentials.UserName, withheld.Refusals));
                break;
            default:
                Otherwise(message, sendsNothing: true);
                break;
        }
    }

    private void Connecting(object message)
    {
        switch (message)
        {
            case Connected connected when connected.Talk == talk:
                Talk.Check.Judge(accepted: true);
                Talk.Watch.Move(SessionState.Ready);
                Talk.LoggedIn();
                Next();
                break;
            case Broken broken when broken.Talk == talk:
                Fail(Fault(broken.Cause, "opening the NETCONF session"));
                break;
            default:
                Otherwise(message, sendsNothing: true);
                break;
        }
    }

    // Ready: the next operation changes something and waits for its leave.
    private void Ready(object message)
    {
        switch (message)
        {
            case SessionCommand.Proceed leave when leave.Id == Talk.Request.Id && leave.Step == Talk.Step.Number:
                if (Talk.Session!.IsOpen)
                    Call();
                else
                    Fail(new DeviceFault.LineLost($"waiting to send '{Talk.Said}'", "the device closed the NETCONF session", ""));
                break;
            default:
                Otherwise(message, sendsNothing: true);
                break;
        }
    }

    private void Calling(object message)
    {
        switch (message)
        {
            case Replied replied when replied.Talk == talk:
                Talk.Answered(Text(replied.Reply), plan.Time.GetElapsedTime(Talk.SentAt));
                Talk.At++;
                Next();
                break;
            case Broken broken when broken.Talk == talk:
                Unanswered(broken.Cause);
                break;
            default:
                Otherwise(message, sendsNothing: false);
                break;
        }
    }

    private void Leaving(object message)
    {
        if (message is Left left && left.Talk == talk)
            Rest();
        else
            Otherwise(message, sendsNothing: false);
    }

    private void Otherwise(object message, bool sendsNothing)
    {
        switch (message)
        {
            case SessionCommand.Converse second:
                Sender.Tell(new SessionFact.Ended(second.Id, DeviceFault.EngineFailed.Busy));
                break;
            case SessionCommand.Cancel cancel when cancel.Id == Talk.Request.Id:
                Talk.CancelledBy = cancel.By;
                if (sendsNothing)
                    Fail(new DeviceFault.Cancelled(cancel.By));
                break;
            case SessionCommand or CredentialUse or Connected or Replied or Broken or Left:
                // Of a conversation that is over, or leave for a step that is: late, and harmless.
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Next()
    {
        if (!Talk.HasStep)
        {
            End(null);
            return;
        }

        if (Talk.CancelledBy is { } by)
        {
            Fail(new DeviceFault.Cancelled(by));
            return;
        }

        try
        {
            Talk.Read();
        }
        catch (FormatException wrong)
        {
            Fail(Fault(wrong, $"reading '{Talk.Said}'"));
            return;
        }

        if (Talk.Operation!.MayRepeat)
        {
            Call();
            return;
        }

        Talk.Watch.Move(SessionState.Ready);
        Talk.WantsLeave();
        Become(Ready);
    }

    private void Call()
    {
        var own = Talk;
        own.SentAt = plan.Time.GetTimestamp();
        own.Watch.Move(SessionState.Running);
        own.Watch.Sent(own.Step, own.Operation!.OnlyReads);
        var request = own.Operation!.Request with { Timeout = own.Step.Timeout ?? platform.Limits.Command, Raise = RaiseMode.Errors };
        own.Session!.CallAsync(request).PipeTo(Self, success: reply => new Replied(own, reply), failure: cause => new Broken(own, cause));
        Become(Calling);
    }

    private void Unanswered(Exception cause)
    {
        var fault = Fault(cause, $"waiting for the answer to '{Talk.Said}'");
        var elapsed = plan.Time.GetElapsedTime(Talk.SentAt);
        var operation = Talk.Operation!;
        if (cause is RpcErrorException refused)
        {
            Talk.Refused(fault, Text(refused.Reply), elapsed);
            Talk.At++;
            if (!Talk.HasStep || (operation.OnlyReads && !Talk.Request.StopAtError))
                Next();
            else
                End(new DeviceFault.Skipped($"the device refused '{Quoted.Command(Talk.Request.Steps[Talk.At - 1].Line)}'"));
            return;
        }

        if (operation.MayRepeat || NetconfFaults.WasNotSent(cause))
            Talk.Refused(fault, "", elapsed);
        else
            Talk.InDoubt(fault, elapsed);
        End(new DeviceFault.Skipped($"the session ended at '{Talk.Said}'"));
    }

    private DeviceFault Fault(Exception cause, string during) =>
        NetconfFaults.Of(cause, during, Talk.Request.Credentials.UserName, Talk.HasStep ? Talk.Step.Line : "", platform.Limits.Output);

    private void Fail(DeviceFault fault)
    {
        Talk.Check.Judge(accepted: fault is DeviceFault.LoginRefused ? false : null);
        End(fault);
    }

    /// <summary>The caller has heard everything; the session says goodbye, and then the device is free.</summary>
    private void End(DeviceFault? fault)
    {
        var own = Talk;
        own.Ended(fault);
        own.Watch.Move(SessionState.HangingUp);
        own.Leave().PipeTo(Self, success: () => new Left(own), failure: _ => new Left(own));
        Become(Leaving);
    }

    private void Rest()
    {
        Talk.Watch.Move(SessionState.Idle);
        talk = null;
        Context.Parent.Tell(new SessionRested(device));
        Become(OnReceive);
    }

    // "ok" says nothing that the verdict does not.
    private static string Text(RpcReply reply) =>
        string.Join('\n', reply.Root.Elements().Where(child => child.Name.LocalName != "ok").Select(child => child.ToString()));
}
