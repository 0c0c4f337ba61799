using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Kernel.Actor;
using Trigger.Sessions;

namespace Trigger.Jobs;

/// <summary>
/// Checks devices once: sends each the checks' commands, so many devices at a time, and tells its parent what it found. Checks only read, so what a crash takes with it is asked again.
/// </summary>
internal sealed class HealthRound : ReceiveActor, IWithTimers
{
    private const int MostNamed = 3;

    private readonly Queue<(Target Target, int Credential)> waiting = new();
    private readonly Dictionary<ConversationId, Asked> asked = [];
    private readonly List<string> unwell = [];
    private readonly Order order;
    private int begun;
    private bool rests;

    public HealthRound(Order order)
    {
        this.order = order;
        Receive<SessionFact>(Hear);
        Receive<Next>(_ =>
        {
            rests = false;
            GoOn();
        });
    }

    /// <param name="Devices">Who is checked; a device that is no longer in the inventory is unwell.</param>
    internal sealed record Order(
        string Name, IReadOnlyList<HealthCheck> Checks, IReadOnlyList<Target> Devices, int Parallel, TimeSpan? Timeout, CredentialBook Credentials, IActorRef Guard, IActorRef Sessions)
    {
        /// <summary>How long between two logins.</summary>
        public TimeSpan Interval { get; init; }

        /// <summary>The run under whose name the checks' dialogues are written down; null when they are not.</summary>
        public string? Recording { get; init; }

        /// <summary>The round behind the batch that is under way.</summary>
        public static Order Of(
            RunState run, IReadOnlyList<HealthCheck> checks, IReadOnlyList<Target> devices, CredentialBook credentials, IActorRef guard, IActorRef sessions) =>
            new($"{run.Spec!.Id}/check/{run.BatchesPassed}", checks, devices, run.Spec.Parallel, run.Spec.Timeout, credentials, guard, sessions)
            {
                Recording = run.Spec.Record ? run.Spec.Id.Value : null,
                Interval = run.Spec.Policy?.LoginsPerSecond is { } rate ? TimeSpan.FromSeconds(1 / rate) : TimeSpan.Zero,
            };
    }

    /// <param name="Credential">The first to try: those before it were refused already.</param>
    internal sealed record Target(string Name, NetDevice? Device, int Credential);

    /// <param name="Unwell">What was found, as the end of a sentence; null when all is well.</param>
    internal sealed record Over(string? Unwell);

    private sealed record Next;

    private sealed record Asked(Target Target, int Credential)
    {
        public HashSet<int> Answered { get; } = [];

        public bool Judged { get; set; }
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        foreach (var target in order.Devices)
            waiting.Enqueue((target, target.Credential));
        GoOn();
    }

    protected override void PostStop()
    {
        foreach (var (conversation, talk) in asked)
            order.Sessions.Tell(new Reach(talk.Target.Device!, new SessionCommand.Cancel(conversation, "its run")));
        base.PostStop();
    }

    private void GoOn()
    {
        while (!rests && asked.Count < order.Parallel && waiting.TryDequeue(out var next))
        {
            Ask(next.Target, next.Credential);
            if (order.Interval <= TimeSpan.Zero)
                continue;

            rests = true;
            Timers.StartSingleTimer(nameof(Next), new Next(), order.Interval);
        }

        if (asked.Count > 0 || waiting.Count > 0)
            return;

        Context.Parent.Tell(new Over(Summary()));
        Context.Stop(Self);
    }

    private void Ask(Target target, int credential)
    {
        if (target.Device is not { } device)
        {
            unwell.Add($"{target.Name} is no longer in the inventory");
            return;
        }

        var fitting = order.Credentials.For(device);
        if (credential >= fitting.Count)
        {
            unwell.Add($"{target.Name} accepts none of the credentials");
            return;
        }

        var conversation = new ConversationId($"{order.Name}/{begun++}");
        asked.Add(conversation, new Asked(target, credential));
        var steps = order.Checks.Select((check, number) => new Step(number, check.Command, order.Timeout)).ToArray();
        order.Sessions.Tell(new Reach(device, new SessionCommand.Converse(conversation, steps, fitting[credential], order.Guard, StopAtError: false)
        {
            CredentialIndex = credential,
            Recording = order.Recording,
        }));
    }

    private void Hear(SessionFact fact)
    {
        if (!asked.TryGetValue(fact.Id, out var talk))
            return;

        switch (fact)
        {
            case SessionFact.Answered f:
                talk.Answered.Add(f.Step);
                if (order.Checks[f.Step].WhyUnwell(f.Output) is { } why)
                    Judge(talk, why);
                break;

            case SessionFact.Refused f:
                Judge(talk, $"'{Quoted.Command(order.Checks[f.Step].Command)}' failed ({f.Fault.Kind})");
                break;

            // Never given leave: a check must not change what it checks.
            case SessionFact.WantsLeave f:
                Judge(talk, $"'{Quoted.Command(order.Checks[f.Step].Command)}' is not known to only read there, and was not sent");
                order.Sessions.Tell(new Reach(talk.Target.Device!, new SessionCommand.Cancel(fact.Id, "its check")));
                break;

            case SessionFact.Ended f:
                asked.Remove(fact.Id);
                End(talk, f.Fault);
                GoOn();
                break;
        }
    }

    private void End(Asked talk, DeviceFault? fault)
    {
        if (talk.Answered.Count == order.Checks.Count || talk.Judged)
            return;

        if (fault is { IsOfCredential: true } && talk.Target.Device!.LoginPassword is null)
            waiting.Enqueue((talk.Target, talk.Credential + 1));
        else
            Judge(talk, $"cannot be asked ({fault?.Kind ?? "no answer"})");
    }

    private void Judge(Asked talk, string why)
    {
        if (!talk.Judged)
            unwell.Add($"{talk.Target.Name}: {why}");
        talk.Judged = true;
    }

    private string? Summary() => unwell.Count switch
    {
        0 => null,
        <= MostNamed => string.Join("; ", unwell),
        _ => $"{string.Join("; ", unwell.Take(MostNamed))}; and {unwell.Count - MostNamed} more",
    };
}
