using Trigger.Kernel.Actor;
using Trigger.Lab.TestKit;

namespace Trigger.Tests.Lab.TestKit;

public sealed class A_probe : Trigger.Lab.TestKit.TestKit
{
    [Fact]
    public void answers_and_forwards_what_it_took()
    {
        var (client, server, back) = (CreateTestProbe("client"), CreateTestProbe(), CreateTestProbe());
        client.Send(server, "question");

        Assert.Equal("question", server.ExpectMsg<string>());
        Assert.Equal(client, server.Sender);
        server.Forward(back);
        Assert.Equal(client.Ref, back.ExpectMsgFrom<string>(client, text => text == "question") is null ? null : back.Sender);
        server.Reply("answer");
        client.ExpectMsgFrom(server, "answer");
        Assert.Equal("client", client.Path.Name);
    }

    [Fact]
    public async Task stands_wherever_a_reference_may()
    {
        var probe = CreateTestProbe();
        Watch(probe);
        Assert.True(probe.Equals(probe.Ref) && probe.Ref.Equals(probe) && probe.GetHashCode() == probe.Ref.GetHashCode());

        var asked = probe.Ask<string>("ask", TimeSpan.FromSeconds(20));
        await probe.ExpectMsgAsync("ask", cancellationToken: TestContext.Current.CancellationToken);
        probe.Reply("told");
        Assert.Equal("told", await asked);

        Sys.Stop(probe);
        await ExpectTerminatedAsync(probe, cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public void supervises_as_it_was_told()
    {
        var probe = CreateTestProbe(supervisorStrategy: new OneForOneStrategy(_ => Directive.Stop));
        var child = probe.ChildActorOf(Props.Create(() => new Failing()));
        probe.Watch(child);
        child.Tell("now");
        probe.ExpectTerminated(child);
    }

    [Fact]
    public void may_fly_by_itself()
    {
        var probe = CreateTestProbe();
        var left = 2;
        probe.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            sender.Tell($"auto {message}", ActorRefs.NoSender);
            return --left == 0 ? AutoPilot.NoAutoPilot : AutoPilot.KeepRunning;
        }));
        foreach (var i in new[] { 1, 2, 3 })
            probe.Tell(i, TestActor);

        ExpectMsg("auto 1");
        ExpectMsg("auto 2");
        Assert.Equal([1, 2, 3], probe.ReceiveN(3).Cast<int>());
        ExpectNoMsg(TimeSpan.FromMilliseconds(30));
    }

    private sealed class Failing : UntypedActor
    {
        protected override void OnReceive(object message) => throw new InvalidOperationException("as told");
    }
}
