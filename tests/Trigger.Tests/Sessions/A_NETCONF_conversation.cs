using System.Collections.Frozen;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Kernel.Actor;
using Trigger.Sessions;
using Trigger.Tests.Devices;
using Trigger.Tests.Kernel;
using Trigger.Tests.Wire.Netconf;
using Trigger.Wire;
using Trigger.Wire.Netconf;

namespace Trigger.Tests.Sessions;

public sealed class A_NETCONF_conversation : KernelSpec, IAsyncLifetime
{
    private const string Candidate = "urn:ietf:params:netconf:capability:candidate:1.0";
    private const string RpcError =
        "<rpc-error><error-type>protocol</error-type><error-tag>lock-denied</error-tag><error-severity>error</error-severity><error-message>held</error-message></rpc-error>";

    private static readonly ConversationId Id = new("talk");

    private readonly ScriptedServer server = new();
    private readonly Probe guard;
    private Func<CancellationToken, Task<NetconfSession>> open;

    public A_NETCONF_conversation()
    {
        guard = new Probe(System);
        open = _ => server.Connect(capabilities: Candidate);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task calls_what_reads_at_once_and_what_changes_after_its_leave()
    {
        await Converse("get-config running", "edit-config candidate <a xmlns='x'/>");
        await Grant();
        await Probe.Expect<SessionFact.LoggedIn>();
        await server.Answer("<data><b xmlns='y'>1</b></data>");
        var read = await Probe.Expect<SessionFact.Answered>();
        Assert.Contains(">1</b>", read.Output, StringComparison.Ordinal);
        Assert.Equal((0, true), (read.Step, read.InWorkMode));

        Assert.Equal(1, (await Probe.Expect<SessionFact.WantsLeave>()).Step);
        Probe.LastSender.Tell(new SessionCommand.Proceed(Id, 1));
        Assert.Contains("<a", await server.Answer("<ok/>"), StringComparison.Ordinal);
        var changed = await Probe.Expect<SessionFact.Answered>();
        Assert.Equal(("", false), (changed.Output, changed.InWorkMode));
        Assert.Null((await Probe.Expect<SessionFact.Ended>()).Fault);
        Assert.Contains("close-session", await server.Answer("<ok/>"), StringComparison.Ordinal);
        Assert.True((await guard.Expect<CredentialUse.Judged>()).Accepted);
    }

    [Fact]
    public async Task knows_what_it_has_left_open_on_the_device()
    {
        string[] steps = ["lock candidate", "edit-config candidate <a xmlns='x'/>", "commit", "unlock candidate", "<commit><confirmed/></commit>", "commit"];
        await Converse(steps);
        await Grant();
        await Probe.Expect<SessionFact.LoggedIn>();
        var open = new List<bool>();
        for (var step = 0; step < steps.Length; step++)
        {
            var fact = (SessionFact)await AfterLeave(step, "<ok/>");
            open.Add(!Assert.IsType<SessionFact.Answered>(fact).InWorkMode);
        }

        Assert.Equal([true, true, true, false, true, false], open);
    }

    [Fact]
    public async Task does_not_go_on_as_if_it_had_the_lock_that_it_was_refused()
    {
        await Converse("lock candidate", "edit-config candidate <a xmlns='x'/>");
        await Grant();
        await Probe.Expect<SessionFact.LoggedIn>();
        await server.Answer(RpcError);
        var refused = await Probe.Expect<SessionFact.Refused>();
        Assert.Equal("device_error", refused.Fault.Kind);
        Assert.Contains("held", refused.Fault.Text, StringComparison.Ordinal);
        Assert.Contains("lock-denied", refused.Output, StringComparison.Ordinal);
        Assert.Equal("Not sent: the device refused 'lock candidate'.", (await Probe.Expect<SessionFact.Ended>()).Fault!.Text);
    }

    [Fact]
    public async Task goes_on_after_a_refused_reading()
    {
        await Converse("get", "get-config running");
        await Grant();
        await Probe.Expect<SessionFact.LoggedIn>();
        await server.Answer(RpcError);
        await Probe.Expect<SessionFact.Refused>();
        await server.Answer("<data/>");
        await Probe.Expect<SessionFact.Answered>();
    }

    [Fact]
    public async Task leaves_a_change_in_doubt_when_the_line_breaks_behind_it()
    {
        await Converse("edit-config candidate <a xmlns='x'/>", "commit");
        await Grant();
        await Probe.Expect<SessionFact.LoggedIn>();
        await Leave(0);
        await server.Next();
        await server.HangUp();

        Assert.Equal("line_lost", (await Probe.Expect<SessionFact.InDoubt>()).Fault.Kind);
        Assert.StartsWith("Not sent: the session ended at 'edit-config", (await Probe.Expect<SessionFact.Ended>()).Fault!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task sends_no_change_on_a_session_that_ended_while_the_leave_was_out()
    {
        await Converse("edit-config candidate <a xmlns='x'/>");
        await Grant();
        await Probe.Expect<SessionFact.LoggedIn>();
        await Probe.Expect<SessionFact.WantsLeave>();
        await server.HangUp();
        await session!.Completion.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Probe.LastSender.Tell(new SessionCommand.Proceed(Id, 0));

        Assert.Equal("line_lost", (await Probe.Expect<SessionFact.Ended>()).Fault!.Kind);
    }

    [Fact]
    public async Task says_what_the_device_cannot_do_and_sends_nothing()
    {
        open = _ => server.Connect();
        await Converse("commit");
        await Grant();
        await Probe.Expect<SessionFact.LoggedIn>();
        await Leave(0);

        var refused = await Probe.Expect<SessionFact.Refused>();
        Assert.Equal("not_supported", refused.Fault.Kind);
        Assert.Contains(":candidate", refused.Fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task that_is_refused_its_login_tells_the_guard()
    {
        open = _ => throw new NetconfException(new NetconfFault.Line(new WireFault.AuthenticationRefused("r1", ["password"], ["publickey"])));
        await Converse("get");
        await Grant();

        Assert.Equal("login_refused", (await Probe.Expect<SessionFact.Ended>()).Fault!.Kind);
        Assert.False((await guard.Expect<CredentialUse.Judged>()).Accepted);
    }

    [Fact]
    public async Task that_is_cancelled_while_it_connects_calls_the_connection_off()
    {
        var calledOff = new TaskCompletionSource();
        open = cancel =>
        {
            cancel.Register(calledOff.SetResult);
            return new TaskCompletionSource<NetconfSession>().Task.WaitAsync(cancel);
        };
        var actor = await Converse("get");
        await Grant();
        await Processed(actor);
        actor.Tell(new SessionCommand.Cancel(Id, "alice"));

        Assert.Equal(new DeviceFault.Cancelled("alice"), (await Probe.Expect<SessionFact.Ended>()).Fault);
        await calledOff.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task finishes_the_step_under_way_when_it_is_cancelled()
    {
        await Converse("get", "get-config running");
        await Grant();
        await Probe.Expect<SessionFact.LoggedIn>();
        var session = Probe.LastSender;
        var (id, _) = await server.Next();
        session.Tell(new SessionCommand.Cancel(Id, "alice"));
        await Processed(session);
        await server.Reply(id, "<data/>");

        await Probe.Expect<SessionFact.Answered>();
        Assert.Equal(new DeviceFault.Cancelled("alice"), (await Probe.Expect<SessionFact.Ended>()).Fault);
    }

    private NetconfSession? session;

    private Task<IActorRef> Converse(params string[] steps)
    {
        var target = new NetDevice
        {
            Name = "r1", Host = "r1", Vendor = "test", Manufacturer = "TEST", DeviceType = "ROUTER", Platform = "juniper_junos", Protocol = Protocol.Ssh, AdminStatus = "PRODUCTION",
            Fields = FrozenDictionary<string, string?>.Empty, Source = "test:1",
        };
        var plan = new SessionPlan((_, _, _) => throw new InvalidOperationException("No command line here."), Platforms.BuiltIn, TimeProvider.System)
        {
            Netconf = async (_, _, _, cancel) => session = await open(cancel),
        };
        var keeper = System.ActorOf(Props.Create(() => new SessionKeeper(plan, 10)));
        var talk = new SessionCommand.Converse(Id, [.. steps.Select((line, number) => new Step(number, line))], new Credentials("bob", new Secret("pw")), guard.Ref, StopAtError: false)
        {
            Language = SessionLanguage.Netconf,
        };
        var door = Spawn((_, message) =>
        {
            if (message is SessionCommand command)
                keeper.Tell(new Reach(target, command), Probe.Ref);
        });
        keeper.Tell(new Reach(target, talk), Probe.Ref);
        return Task.FromResult(door);
    }

    private async Task Grant()
    {
        await guard.Expect<CredentialUse.MayShow>();
        guard.LastSender.Tell(new CredentialUse.Granted());
    }

    private async Task Leave(int step)
    {
        Assert.Equal(step, (await Probe.Expect<SessionFact.WantsLeave>()).Step);
        Probe.LastSender.Tell(new SessionCommand.Proceed(Id, step));
    }

    private async Task<object> AfterLeave(int step, string answer)
    {
        var answering = server.Answer(answer);
        var fact = await Probe.Next();
        if (fact is SessionFact.WantsLeave asks)
        {
            Probe.LastSender.Tell(new SessionCommand.Proceed(Id, asks.Step));
            fact = await Probe.Next();
        }

        await answering;
        Assert.Equal(step, fact is SessionFact.Answered answered ? answered.Step : -1);
        return fact;
    }
}
