using Trigger.Devices;
using Trigger.Kernel.Actor;
using Trigger.Sessions.Telemetry;
using Trigger.Wire.Netconf;

namespace Trigger.Sessions.Netconf;

/// <summary>The conversation that a <see cref="NetconfDeviceSession"/> is in, and what its caller is told. Owned by the session's actor.</summary>
internal sealed class NetconfTalk(SessionCommand.Converse request, IActorRef caller, NetDevice device, SessionPlan plan)
{
    private readonly Lock gate = new();
    private readonly NetconfProgress progress = new();
    private NetconfSession? session;
    private Action? callOff;
    private bool abandoned;

    public SessionCommand.Converse Request => request;

    public SessionWatch Watch { get; } = new(plan, request, device);

    public CredentialCheck Check { get; } = new(request.Guard, device.LoginPassword is null ? request.Credentials.Id : $"{request.Credentials.Id}/{device.Name}", device.Name);

    public NetconfSession? Session => session;

    /// <summary>Who cancelled, or null.</summary>
    public string? CancelledBy { get; set; }

    public long SentAt { get; set; }

    /// <summary>Index into the request's steps: the one under way or next.</summary>
    public int At { get; set; }

    public bool HasStep => At < request.Steps.Count;

    public NetconfStep? Operation { get; private set; }

    public Step Step => request.Steps[At];

    public string Said => Quoted.Command(Step.Line);

    public bool HasCredential => request.Credentials.UseAgent || request.Credentials.PrivateKeys.Count > 0 || (device.LoginPassword ?? request.Credentials.Password) is not null;

    /// <exception cref="FormatException">The step is no operation.</exception>
    public NetconfStep Read() => Operation = NetconfStep.Parse(Step.Line);

    public void LoggedIn() => Tell(new SessionFact.LoggedIn(request.Id, ""));

    public void WantsLeave() => Tell(new SessionFact.WantsLeave(request.Id, Step.Number));

    public void Answered(string output, TimeSpan elapsed)
    {
        progress.Done(Operation!);
        Tell(new SessionFact.Answered(request.Id, Step.Number, output, elapsed, progress.NothingOpen));
    }

    public void Refused(DeviceFault fault, string output, TimeSpan elapsed) =>
        Tell(new SessionFact.Refused(request.Id, Step.Number, fault, output, elapsed, progress.NothingOpen));

    public void InDoubt(DeviceFault fault, TimeSpan elapsed) => Tell(new SessionFact.InDoubt(request.Id, Step.Number, fault, "", elapsed));

    public void Ended(DeviceFault? fault) => Tell(new SessionFact.Ended(request.Id, fault));

    private void Tell(SessionFact fact)
    {
        Watch.Hear(fact);
        caller.Tell(fact);
    }

    /// <summary>Opens the session. One that comes when nobody wants it any more is closed, whoever is still alive to hear of it.</summary>
    public async Task<NetconfSession> Open(Func<CancellationToken, Task<NetconfSession>> open)
    {
        using var cancel = new CancellationTokenSource();
        lock (gate)
            callOff = cancel.Cancel;

        NetconfSession opened;
        try
        {
            opened = await open(cancel.Token).ConfigureAwait(false);
        }
        finally
        {
            lock (gate)
                callOff = null;
        }

        lock (gate)
        {
            if (!abandoned)
                return session = opened;
        }

        await opened.DisposeAsync().ConfigureAwait(false);
        throw new OperationCanceledException("The conversation was over before its session was open.");
    }

    /// <summary>Says goodbye, or calls off what is being opened. Done when the line is gone.</summary>
    public async Task Leave()
    {
        lock (gate)
        {
            abandoned = true;
            callOff?.Invoke();
        }

        if (session is { } open)
            await open.DisposeAsync().ConfigureAwait(false);
    }
}
