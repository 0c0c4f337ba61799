using System.Diagnostics;
using System.Globalization;
using Trigger.Devices;

namespace Trigger.Sessions.Telemetry;

/// <summary>
/// Follows one conversation for telemetry: its span, those of its dial, its login and its commands below that, and the node's figures. Owned by the session's actor. Costs next to nothing
/// while nobody listens.
/// </summary>
internal sealed class SessionWatch
{
    private readonly SessionPlan plan;
    private readonly Activity? session;
    private Dictionary<int, Activity>? commands;
    private Activity? phase;
    private SessionState state;
    private long since;
    private DeviceFault? fault;
    private bool ended;

    public SessionWatch(SessionPlan plan, SessionCommand.Converse request, NetDevice device)
    {
        this.plan = plan;
        session = Spans.Begin(TelemetryNames.Session, ActivityKind.Client, request.Trace);
        if (session is not { IsAllDataRequested: true })
            return;

        session.SetTag(TelemetryNames.Conversation, request.Id.Value);
        session.SetTag(TelemetryNames.Device, device.Name);
        session.SetTag(TelemetryNames.Vendor, device.Vendor);
        session.SetTag(TelemetryNames.Platform, device.Platform);
        session.SetTag(TelemetryNames.ServerAddress, device.Host);
        if (device.Port is { } port)
            session.SetTag(TelemetryNames.ServerPort, port);
        session.SetTag(TelemetryNames.ProtocolName, request.Language == SessionLanguage.Netconf ? "netconf" : device.Protocol.ToString().ToLowerInvariant());
    }

    /// <summary>The session is in this state now; idle ends it.</summary>
    public void Move(SessionState to)
    {
        if (to == state)
            return;

        plan.Figures?.Move(state, to);
        switch (to)
        {
            case SessionState.Dialing:
                Enter(TelemetryNames.Dial);
                break;
            case SessionState.LoggingIn:
                Leave();
                Enter(TelemetryNames.Login);
                break;
            case SessionState.Ready or SessionState.Running or SessionState.HandedOver:
                Leave();
                break;
            case SessionState.Idle:
                Over();
                break;
        }

        state = to;
    }

    /// <summary>A step goes to the device.</summary>
    /// <param name="onlyReads">Whether it is known to: then its text is told.</param>
    public void Sent(Step step, bool onlyReads)
    {
        if (session is null || Spans.Begin(TelemetryNames.Command, ActivityKind.Client, session.Id) is not { } span)
            return;

        span.SetTag(TelemetryNames.Step, step.Number.ToString(CultureInfo.InvariantCulture));
        if (onlyReads && !step.HideSecrets)
            span.SetTag(TelemetryNames.CommandText, Quoted.Command(step.Line));
        (commands ??= [])[step.Number] = span;
    }

    /// <summary>What the caller is told.</summary>
    public void Hear(SessionFact fact)
    {
        switch (fact)
        {
            case SessionFact.Answered answered:
                Answered(answered.Step, answered.Elapsed, null);
                break;
            case SessionFact.Refused refused:
                Answered(refused.Step, refused.Elapsed, refused.Fault);
                break;
            case SessionFact.InDoubt doubt:
                Answered(doubt.Step, doubt.Elapsed, doubt.Fault);
                break;
            case SessionFact.Ended over:
                (fault, ended) = (over.Fault, true);
                if (fault is not null)
                    plan.Figures?.Failed(fault);
                break;
        }
    }

    private void Enter(string name)
    {
        since = plan.Time.GetTimestamp();
        phase = session is null ? null : Spans.Begin(name, ActivityKind.Client, session.Id);
    }

    // Enabling and preparing are parts of the login.
    private void Leave()
    {
        if (state == SessionState.Dialing)
            plan.Figures?.Dialled(plan.Time.GetElapsedTime(since));
        else if (state is SessionState.LoggingIn or SessionState.Enabling or SessionState.Preparing)
            plan.Figures?.LoggedIn(plan.Time.GetElapsedTime(since));
        phase.End();
        phase = null;
    }

    // An answer's time ends where the device last said something, not where silence or an echo has proved it.
    private void Answered(int step, TimeSpan elapsed, DeviceFault? why)
    {
        if (commands is null || !commands.Remove(step, out var span))
            return;

        span.SetEndTime(span.StartTimeUtc + elapsed);
        span.End(why);
    }

    private void Over()
    {
        if (!ended)
            session?.Fail("aborted"); // Nobody has told the caller anything: the line was reset because the device is another node's now, or the engine stops.
        phase.End(fault);
        foreach (var span in commands?.Values.ToArray() ?? [])
            span.End(fault);
        commands = null;
        session.End(fault);
    }
}
