using Trigger.Jobs;
using Trigger.Kernel.Actor;
using Trigger.Sessions;
using Trigger.Tests.Kernel;

namespace Trigger.Tests.Jobs;

public sealed class A_credential_guard : KernelSpec
{
    private const string Who = "alice";
    private static readonly CredentialUse.Granted Granted = new();

    private readonly IActorRef guard;

    public A_credential_guard() => guard = System.ActorOf(Props.Create(() => new CredentialGuard(2)));

    [Fact]
    public async Task shows_it_to_no_more_devices_than_may_refuse_it_until_one_has_accepted()
    {
        Ask("r1", "r2", "r3", "r4");
        await Probe.Expect(Granted, Granted);
        await Nothing();

        Judge("r1", accepted: true);

        await Probe.Expect(Granted, Granted);
    }

    [Fact]
    public async Task shows_it_to_everybody_once_it_was_accepted()
    {
        Ask("r1");
        Judge("r1", accepted: true);
        Ask("r2", "r3", "r4", "r5");

        await Probe.Expect(Granted, Granted, Granted, Granted, Granted);
    }

    [Fact]
    public async Task withholds_it_when_as_many_have_refused_it_as_may()
    {
        Ask("r1", "r2", "r3", "r4");
        await Probe.Expect(Granted, Granted);
        Judge("r1", accepted: false);
        await Nothing();

        Judge("r2", accepted: false);

        await Probe.Expect(new CredentialUse.Withheld(2), new CredentialUse.Withheld(2));
    }

    [Fact]
    public async Task withholds_it_after_an_acceptance_too_when_too_many_refuse()
    {
        Ask("r1", "r2");
        Judge("r1", accepted: true);
        Judge("r2", accepted: false);
        Ask("r3");
        await Probe.Expect(Granted, Granted, Granted);
        Judge("r3", accepted: false);
        Ask("r4");

        await Probe.Expect(new CredentialUse.Withheld(2));
    }

    [Fact]
    public async Task gives_the_place_of_a_withdrawn_question_to_the_next()
    {
        Ask("r1", "r2", "r3", "r4");
        await Probe.Expect(Granted, Granted);
        Judge("r3", accepted: null);
        var fourth = new Probe(System);
        Judge("r1", accepted: true);

        await Probe.Expect(Granted);
        await Nothing();
        guard.Tell(new CredentialUse.MayShow(Who, "r5"), fourth.Ref);
        await fourth.Expect(Granted);
    }

    [Fact]
    public async Task takes_back_what_a_session_held_that_died()
    {
        Ask("r1", "r2", "r3");
        await Probe.Expect(Granted, Granted);
        Judge("r1", accepted: null);

        await Probe.Expect(Granted);
        await Nothing();
    }

    [Fact]
    public async Task judges_each_credential_by_itself()
    {
        Ask("r1", "r2");
        Judge("r1", accepted: false);
        Judge("r2", accepted: false);
        await Probe.Expect(Granted, Granted);
        guard.Tell(new CredentialUse.MayShow("bob", "r1"), Probe.Ref);

        await Probe.Expect(Granted);
    }

    private void Ask(params string[] devices)
    {
        foreach (var device in devices)
            guard.Tell(new CredentialUse.MayShow(Who, device), Probe.Ref);
    }

    private void Judge(string device, bool? accepted) => guard.Tell(new CredentialUse.Judged(Who, device, accepted), Probe.Ref);

    private async Task Nothing()
    {
        await Processed(guard);
        await Probe.ExpectNothingBefore("nothing");
    }
}
