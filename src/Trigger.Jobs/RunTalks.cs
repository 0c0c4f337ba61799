using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Kernel.Actor;
using Trigger.Sessions;

namespace Trigger.Jobs;

/// <summary>The conversations that a run is in, and which of the credentials that fit it each device has come to.</summary>
/// <param name="deviceAt">The device of that index in the inventory, or null when it is there no more.</param>
internal sealed class RunTalks(RunId id, IActorRef sessions, CredentialBook book, Func<int, NetDevice?> deviceAt)
{
    private readonly Dictionary<ConversationId, Talk> talking = [];
    private readonly Dictionary<int, int> credentials = [];
    private readonly Dictionary<int, int> begun = [];

    public int Count => talking.Count;

    public RunTrace Trace { get; init; } = RunTrace.None;

    /// <summary>Those that wait for no person: a question that nobody answers must not hold up the other devices.</summary>
    public int Busy => talking.Values.Count(talk => talk.Asked is null);

    /// <summary>The credential that the device would be shown next, or null.</summary>
    public Credentials? CredentialOf(int device) =>
        deviceAt(device) is { } target && book.For(target) is var fitting && credentials.GetValueOrDefault(device) is var at && at < fitting.Count ? fitting[at] : null;

    /// <summary>How many credentials the device has refused before the one that it would be shown next.</summary>
    public int CredentialIndexOf(int device) => credentials.GetValueOrDefault(device);

    /// <summary>Who is checked after a batch: those named, or its own that are well.</summary>
    public IEnumerable<HealthRound.Target> ToCheck(RunState run, IReadOnlyList<string>? named, Func<string, NetDevice?> find) => named is not null
        ? named.Select(name => new HealthRound.Target(name, find(name), 0))
        : RunCourse.WellInBatch(run).Select(device => new HealthRound.Target(run.Devices[device].Name, deviceAt(device), CredentialIndexOf(device)));

    public IEnumerable<int> Devices => talking.Values.Select(talk => talk.Device);

    public Talk? Find(ConversationId conversation) => talking.GetValueOrDefault(conversation);

    /// <summary>Begins with what the device has left to do.</summary>
    /// <returns>Why it cannot; null when it has begun.</returns>
    public DeviceFault? Begin(RunState run, int device, IActorRef guard)
    {
        if (deviceAt(device) is not { } target)
            return new DeviceFault.EngineFailed($"{run.Devices[device].Name} is no longer in the inventory.");
        if (CredentialOf(device) is not { } who)
            return new DeviceFault.CredentialMissing("a user name and a password", "None of the stored credentials is for it; see 'trigger credentials list'.");

        var (spec, steps) = (run.Spec!, run.StepsLeft(device));
        var before = begun.GetValueOrDefault(device);
        begun[device] = before + 1;
        var conversation = new ConversationId(before == 0 ? $"{id}/{device}" : $"{id}/{device}/{before}");
        talking.Add(conversation, new Talk(conversation, device));
        sessions.Tell(new Reach(target, new SessionCommand.Converse(conversation, steps, who, guard, spec.StopOnError)
        {
            CredentialIndex = CredentialIndexOf(device),
            Language = spec.Language,
            ReadOnly = spec.ReadOnly,
            Steered = spec.Change is not null,
            Init = spec.Init ?? [],
            Park = spec.Park,
            Interval = spec.Interval ?? TimeSpan.Zero,
            Trace = Trace.Context,
            Recording = spec.Record ? id.Value : null,
        }));
        return null;
    }

    public void End(Talk talk) => talking.Remove(talk.Id);

    /// <summary>A refused login costs one attempt with one credential; the next that fits the device gets its own. False when that was the last.</summary>
    public bool TryNextCredential(int device)
    {
        // A password of the device's own goes before all of them: it would be shown a second time.
        if (deviceAt(device) is not { LoginPassword: null } target || credentials.GetValueOrDefault(device) + 1 >= book.For(target).Count)
            return false;

        credentials[device] = credentials.GetValueOrDefault(device) + 1;
        return true;
    }

    /// <summary>Nothing more is sent in any of them; what was sent is waited for.</summary>
    /// <param name="but">Devices whose conversation goes on; null for none.</param>
    public void Withdraw(string by, Func<int, bool>? but = null)
    {
        foreach (var talk in talking.Values)
        {
            if (but?.Invoke(talk.Device) != true)
                Withdraw(talk, by);
        }
    }

    /// <summary>Likewise in this one.</summary>
    public void Withdraw(Talk talk, string by)
    {
        if (deviceAt(talk.Device) is { } target)
            sessions.Tell(new Reach(target, new SessionCommand.Cancel(talk.Id, by)));
    }

    /// <summary>Those that no node has taken up yet end at once: the run goes on with them elsewhere.</summary>
    public void Recall()
    {
        foreach (var talk in talking.Values.Where(talk => deviceAt(talk.Device) is not null))
            sessions.Tell(new Reach(deviceAt(talk.Device)!, new SessionCommand.Recall(talk.Id)));
    }

    /// <summary>Passes a person's word on to the conversation that waits for it.</summary>
    public void Answer(RunState run, RunCommand.Answer said)
    {
        foreach (var talk in talking.Values.Where(talk => talk.Asked == said.Step && run.Devices[talk.Device].Name == said.Device && deviceAt(talk.Device) is not null).ToArray())
            sessions.Tell(new Reach(deviceAt(talk.Device)!, new SessionCommand.Answer(talk.Id, said.Step, said.Text, said.By)));
    }

    /// <summary>One conversation with one device of the run.</summary>
    public sealed record Talk(ConversationId Id, int Device)
    {
        /// <summary>A reading step that the line took with it. Its outcome is not on record while the device may be tried again.</summary>
        public SessionFact.Refused? Lost { get; set; }

        /// <summary>The step that waits at a question for a person; null when none does.</summary>
        public int? Asked { get; private set; }

        public RunEvent Park(SessionFact.Parked fact, DateTimeOffset now)
        {
            Asked = fact.Step;
            return new RunEvent.StepParked(Device, fact.Step, fact.Question, now + fact.Patience);
        }

        public RunEvent Unpark(SessionFact.Unparked fact)
        {
            Asked = null;
            return new RunEvent.StepUnparked(Device, fact.Step, fact.Given);
        }
    }
}
