using System.Collections.Frozen;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Kernel.Actor;
using Trigger.Sessions;
using Trigger.Tests.Devices;
using Trigger.Tests.Kernel;
using Trigger.Wire;
using Trigger.Wire.Netconf;

namespace Trigger.Tests.Sessions;

public sealed class A_vendor_router : KernelSpec
{
    private readonly Dictionary<string, Queue<ScriptedDevice>> devices = [];
    private readonly Probe guard;
    private readonly Queue<TaskCompletionSource<NetconfSession>> netconf = new();
    private readonly Lazy<IActorRef> router;
    private int limit = 10;

    public A_vendor_router()
    {
        guard = new Probe(System);
        var plan = new SessionPlan((device, platform, observer) => devices[device.Name].Dequeue().Dial(device, platform, observer), Platforms.BuiltIn, Clock)
        {
            Netconf = (_, _, _, _) => netconf.Dequeue().Task,
        };
        router = new Lazy<IActorRef>(() => System.ActorOf(Props.Create(() => new VendorRouter(plan, limit))));
    }

    [Fact]
    public async Task holds_one_conversation_with_a_device_at_a_time()
    {
        Silent("r1");
        Silent("r1");
        Converse("r1", "first");
        await guard.Expect<CredentialUse.MayShow>();
        Converse("r1", "second");
        await Processed(router.Value);
        Assert.Single(devices["r1"]);

        Cancel("r1", "first");
        Assert.Equal(new SessionFact.Ended(new ConversationId("first"), new DeviceFault.Cancelled("alice")), await Probe.Expect<SessionFact.Ended>());
        await guard.Expect<CredentialUse.Judged>();
        await guard.Expect<CredentialUse.MayShow>();
        Assert.Empty(devices["r1"]);
    }

    [Fact]
    public async Task never_begins_a_conversation_that_was_cancelled_while_it_waited_for_its_device()
    {
        Silent("r1");
        Converse("r1", "first");
        await guard.Expect<CredentialUse.MayShow>();
        Converse("r1", "second");
        Cancel("r1", "second");
        Assert.Equal(new SessionFact.Ended(new ConversationId("second"), new DeviceFault.Cancelled("alice")), await Probe.Expect<SessionFact.Ended>());

        Cancel("r1", "first");
        Assert.Equal("first", (await Probe.Expect<SessionFact.Ended>()).Id.Value);
        await Processed(router.Value);
        Assert.Empty(devices["r1"]);
    }

    [Fact]
    public async Task lets_others_wait_for_a_free_place_and_withdraws_them_there()
    {
        limit = 1;
        Silent("r1");
        Silent("r3");
        Converse("r1", "first");
        await guard.Expect<CredentialUse.MayShow>();
        Converse("r2", "second");
        Converse("r3", "third");
        Cancel("r2", "second");
        Assert.Equal("second", (await Probe.Expect<SessionFact.Ended>()).Id.Value);
        Assert.Single(devices["r3"]);

        Cancel("r1", "first");
        await Probe.Expect<SessionFact.Ended>();
        await guard.Expect<CredentialUse.Judged>();
        Assert.Equal("r3", (await guard.Expect<CredentialUse.MayShow>()).Device);
    }

    [Fact]
    public async Task changes_the_language_between_two_conversations()
    {
        Silent("r1");
        var opening = new TaskCompletionSource<NetconfSession>();
        netconf.Enqueue(opening);
        Converse("r1", "first", SessionLanguage.Netconf);
        await guard.Expect<CredentialUse.MayShow>();
        Converse("r1", "second");
        await Processed(router.Value);
        Assert.Single(devices["r1"]);
        guard.LastSender.Tell(new CredentialUse.Granted());

        opening.SetException(new NetconfException(new NetconfFault.Line(new WireFault.Refused("r1:830"))));
        Assert.Equal("refused", (await Probe.Expect<SessionFact.Ended>()).Fault!.Kind);
        await guard.Expect<CredentialUse.Judged>();
        await guard.Expect<CredentialUse.MayShow>();
        Assert.Empty(devices["r1"]);
    }

    [Fact]
    public async Task turns_away_more_than_may_wait_for_one_device()
    {
        Silent("r1");
        Converse("r1", "first");
        await guard.Expect<CredentialUse.MayShow>();
        for (var waiting = 0; waiting <= VendorRouter.WaitingPerDevice; waiting++)
            Converse("r1", $"w{waiting}");

        var turned = await Probe.Expect<SessionFact.Ended>();
        Assert.Equal($"w{VendorRouter.WaitingPerDevice}", turned.Id.Value);
        Assert.Contains("try later", turned.Fault!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SessionLanguage.CommandLine, "show clock", "reload")]
    [InlineData(SessionLanguage.Netconf, "get", "lock candidate")]
    public async Task dials_nobody_for_a_conversation_that_may_only_read_and_would_do_more(SessionLanguage language, string reads, string changes)
    {
        Silent("r1");
        Steps("r1", "first", language, reads, changes);

        Assert.Equal(new DeviceFault.Forbidden(changes, "cisco_ios"), (await Probe.Expect<SessionFact.Ended>()).Fault);
        Assert.Single(devices["r1"]);
        Steps("r1", "second", SessionLanguage.CommandLine, "show clock");
        await guard.Expect<CredentialUse.MayShow>();
        Assert.Empty(devices["r1"]);
    }

    // A device that takes the call and says nothing.
    private void Silent(string name)
    {
        if (!devices.TryGetValue(name, out var queue))
            devices.Add(name, queue = new Queue<ScriptedDevice>());
        queue.Enqueue(new ScriptedDevice());
    }

    private void Converse(string device, string id, SessionLanguage language = SessionLanguage.CommandLine) => router.Value.Tell(
        new Reach(Device(device), new SessionCommand.Converse(
            new ConversationId(id), [new Step(0, language == SessionLanguage.Netconf ? "get" : "show clock")], new Credentials("bob", new Secret("pw")), guard.Ref, StopAtError: false) { Language = language }),
        Probe.Ref);

    private void Steps(string device, string id, SessionLanguage language, params string[] lines) => router.Value.Tell(
        new Reach(Device(device), new SessionCommand.Converse(
            new ConversationId(id), [.. lines.Select((line, number) => new Step(number, line))], new Credentials("bob", new Secret("pw")), guard.Ref, StopAtError: false) { Language = language, ReadOnly = true }),
        Probe.Ref);

    private void Cancel(string device, string id) => router.Value.Tell(new Reach(Device(device), new SessionCommand.Cancel(new ConversationId(id), "alice")), Probe.Ref);

    private static NetDevice Device(string name) => new()
    {
        Name = name, Host = name, Vendor = "test", Manufacturer = "TEST", DeviceType = "ROUTER", Platform = "cisco_ios", Protocol = Protocol.Ssh, AdminStatus = "PRODUCTION",
        Fields = FrozenDictionary<string, string?>.Empty, Source = "test:1",
    };
}
