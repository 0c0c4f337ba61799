using Trigger.Jobs;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Persistence.Journal;
using Trigger.Sessions;
using Trigger.Tests.Devices;

namespace Trigger.Tests.Jobs;

public sealed class A_read_only_run : CommandoSpec
{
    public A_read_only_run()
        : base(JournalSetup.InMemory(new MemoryEvents()))
    {
    }

    [Fact]
    public async Task tells_its_sessions_so()
    {
        Submit(Runs.Spec("show clock") with { ReadOnly = true }, "r1");
        await Probe.Expect<RunNews.Began>();

        Assert.True((await Begun()).Talk.ReadOnly);
    }

    [Fact]
    public async Task gives_no_changing_step_its_leave_though_a_session_asks()
    {
        Submit(Runs.Spec("show clock", "reload", "show version") with { ReadOnly = true }, "r1");
        await Probe.Expect<RunNews.Began>();
        var (_, talk) = await Begun();
        Answer(talk, 0);
        Say(new SessionFact.WantsLeave(talk.Id, 1));

        Assert.Equal(talk.Id, (await Cancelled()).Order.Id);
        End(talk, new DeviceFault.Cancelled("its read-only rule"));
        Assert.Equal(("r1", 0, StepVerdict.Accepted, null), await Outcome());
        Assert.Equal(("r1", 1, StepVerdict.Refused, "forbidden"), await Outcome());
        Assert.Equal(("r1", 2, StepVerdict.Refused, "skipped"), await Outcome());
        Assert.Equal((1, 2, 0), await Finished());
    }

    [Fact]
    public void names_everything_that_it_does_not_send_at_once()
    {
        var spec = Runs.Spec("show version", "reload", "ping 10.0.0.1") with
        {
            ReadOnly = true,
            Init = ["terminal length 0", "terminal monitor-all | tee x"],
            Details = new Dictionary<int, StepDetail> { [2] = new() { Answers = [new StepAnswer("confirm", "y")] } },
            Policy = new RunPolicy { Checks = [new HealthCheck("clear counters", "x", MustMatch: true)] },
        };
        var devices = new[] { Runs.Device("r1"), Runs.Device("r2"), Runs.Device("j1", "juniper_junos") };

        var mistakes = ReadOnlyRule.Mistakes(RunLine.Of(spec, devices), Platforms.BuiltIn).ToArray();

        Assert.Equal(8 + 1, mistakes.Length);
        Assert.Contains(mistakes, mistake => mistake.Contains("'reload' to cisco_ios (2 devices, such as r1)", StringComparison.Ordinal));
        Assert.Contains(mistakes, mistake => mistake.Contains("'reload' to juniper_junos (j1)", StringComparison.Ordinal));
        Assert.Contains(mistakes, mistake => mistake.Contains("answers", StringComparison.Ordinal));
        Assert.Contains(mistakes, mistake => mistake.Contains("'clear counters'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("get", true)]
    [InlineData("get-config running", true)]
    [InlineData("validate candidate", true)]
    [InlineData("lock candidate", false)]
    [InlineData("edit-config candidate <a xmlns='x'/>", false)]
    [InlineData("<reboot xmlns='x'/>", false)]
    [InlineData("nonsense", false)]
    public void lets_only_those_netconf_operations_through_that_leave_the_device_to_others(string operation, bool passes)
    {
        var spec = Runs.Spec(operation) with { ReadOnly = true, Language = SessionLanguage.Netconf };

        Assert.Equal(passes, !ReadOnlyRule.Mistakes(RunLine.Of(spec, [Runs.Device("r1")]), Platforms.BuiltIn).Any());
    }

    [Fact]
    public void takes_no_line_end_inside_a_line() =>
        Assert.False(ReadOnlyWall.Lets(SessionLanguage.CommandLine, Platforms.BuiltIn.Get("cisco_ios"), new Step(0, "show version\nreload")));
}
