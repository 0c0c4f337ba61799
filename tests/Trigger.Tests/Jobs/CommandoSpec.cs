using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Jobs;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Hosting;
using Trigger.Sessions;
using Trigger.Tests.Kernel;

namespace Trigger.Tests.Jobs;

/// <summary>A run's actor, its listener, and the sessions, whose part the test plays.</summary>
public abstract class CommandoSpec : KernelSpec
{
    protected CommandoSpec(JournalSetup journal)
        : base(journal)
    {
        Sessions = new Probe(System);
        Commando = System.ActorOf(Props.Create(() => new Commando(Runs.Id, Sessions.Ref, Clock)));
    }

    protected Probe Sessions { get; }

    protected IActorRef Commando { get; }

    protected static Credentials Who { get; } = new("alice", new Secret("pw"));

    /// <summary>What each run may log in with.</summary>
    protected CredentialBook Book { get; set; } = CredentialBook.Of(Who);

    protected void Submit(RunSpec spec, params string[] devices) =>
        Commando.Tell(new RunCommand.Submit(spec, [.. devices.Select(name => Runs.Device(name))], Book, Probe.Ref), Probe.Ref);

    protected void Resume(Func<string, NetDevice?>? find = null) =>
        Commando.Tell(new RunCommand.Resume(find ?? (name => Runs.Device(name)), Book, Probe.Ref, "carol"), Probe.Ref);

    /// <summary>The next conversation that the run begins.</summary>
    protected async Task<(string Device, SessionCommand.Converse Talk)> Begun()
    {
        var reach = await Sessions.Expect<Reach>();
        return (reach.Device.Name, Assert.IsType<SessionCommand.Converse>(reach.Command));
    }

    protected async Task<(string Device, SessionCommand.Cancel Order)> Cancelled()
    {
        var reach = await Sessions.Expect<Reach>();
        return (reach.Device.Name, Assert.IsType<SessionCommand.Cancel>(reach.Command));
    }

    protected void Say(SessionFact fact) => Commando.Tell(fact, Sessions.Ref);

    protected void Answer(SessionCommand.Converse talk, int step, string output = "") => Say(new SessionFact.Answered(talk.Id, step, output, Second, InWorkMode: true));

    protected void Refuse(SessionCommand.Converse talk, int step) =>
        Say(new SessionFact.Refused(talk.Id, step, new DeviceFault.DeviceError("% no"), "% no", Second, InWorkMode: true));

    protected void End(SessionCommand.Converse talk, DeviceFault? fault = null) => Say(new SessionFact.Ended(talk.Id, fault));

    /// <summary>Answers every step of a conversation and ends it.</summary>
    protected void AnswerAll(SessionCommand.Converse talk)
    {
        foreach (var step in talk.Steps)
            Answer(talk, step.Number);
        End(talk);
    }

    protected async Task<(string Device, int Step, StepVerdict Verdict, string? Kind)> Outcome()
    {
        while (true)
        {
            switch (await Probe.Next())
            {
                case RunNews.StepEnded ended:
                    return (ended.Device.Name, ended.Step, ended.Outcome.Verdict, ended.Outcome.FaultKind);
                case RunNews.Began or RunNews.DeviceEnded or RunNews.Turned:
                    break;
                case var other:
                    Assert.Fail($"An outcome was due, and {other} came.");
                    break;
            }
        }
    }

    protected async Task<(int Accepted, int Refused, int Unknown)> Finished()
    {
        object news;
        do
        {
            news = await Probe.Next();
        }
        while (news is RunNews.Began or RunNews.DeviceEnded or RunNews.StepEnded or RunNews.Turned);
        var finished = Assert.IsType<RunNews.Finished>(news);
        return (finished.Accepted, finished.Refused, finished.Unknown);
    }

    protected async Task SessionsHearNothing()
    {
        await Processed(Commando);
        await Sessions.ExpectNothingBefore("nothing");
    }
}
