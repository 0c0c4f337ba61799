using Trigger.Devices;
using Trigger.Jobs;
using Trigger.Jobs.Plays;
using Trigger.Sessions;
using Trigger.Tests.Devices;
using Trigger.Tests.Kernel;

namespace Trigger.Tests.Jobs;

public sealed class A_commando_in_CSharp
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void sends_what_its_hooks_say_platform_before_vendor_and_else_its_commands()
    {
        var work = new Uptime();

        Assert.Equal(["show system uptime"], work.CommandsOf(Runs.Device("j1", "juniper_junos", vendor: "juniper")));
        Assert.Equal(["show clock"], work.CommandsOf(Runs.Device("n1", "cisco_nxos")));
        Assert.Equal(["show version", null, "show inventory"], work.CommandsOf(Runs.Device("r1")));
    }

    [Fact]
    public void makes_results_and_errors_of_a_run_and_keeps_a_null_in_its_place()
    {
        var devices = new[] { Runs.Device("r1"), Runs.Device("j1", "juniper_junos", vendor: "juniper"), Runs.Device("x1", "arista_eos", vendor: "arista"), Runs.Device("r2") };
        var answers = new CommandoAnswers<string>(new Uptime(), devices);
        Assert.Equal([0, 1, 0], answers.Devices.Select(answers.SetOf).Select(set => set!.Value));
        Assert.Equal(["show version", "show inventory"], answers.Spec(Runs.Spec()).Sets![0].Commands);

        Say(answers, "r1", 0, "v");
        Say(answers, "r1", 1, "i");
        Say(answers, "j1", 0, "up");
        Say(answers, "r2", 0, "v");
        Say(answers, "r2", 1, "% no", StepVerdict.Refused);
        var report = answers.Report(Runs.Id);

        Assert.Equal("v,,i", report.Results["r1"]);
        Assert.Equal("junos up", report.Results["j1"]);
        Assert.Equal(["r2", "x1"], report.Errors.Keys.Order());
        Assert.Contains("This is for", report.Errors["x1"], StringComparison.Ordinal);
    }

    [Fact]
    public void loses_one_result_and_not_all_when_a_hook_fails_and_calls_what_was_never_asked_an_error()
    {
        var answers = new CommandoAnswers<int>(new DelegateCommando<int>(_ => ["show x"], (_, said) => int.Parse(said[0]!)), [Runs.Device("r1"), Runs.Device("r2"), Runs.Device("r3")]);
        Say(answers, "r1", 0, "42");
        Say(answers, "r2", 0, "many");
        var report = answers.Report(Runs.Id);

        Assert.Equal(42, report.Results["r1"]);
        Assert.Contains("could not be read", report.Errors["r2"], StringComparison.Ordinal);
        Assert.Contains("before it was asked", report.Errors["r3"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12:00:01.500 UTC Thu Jan 1 2026", 1.5, "UTC")]
    [InlineData("*11:59:59.000 UTC Thu Jan  1 2026\r\n", -1.0, "UTC")]
    [InlineData("Current time: 2026-01-01 12:00:00 UTC\nTime Source:  NTP CLOCK", 0.0, "UTC")]
    [InlineData("Thu Jan  1 12:00:02 2026\nTimezone: UTC", 2.0, "UTC")]
    [InlineData("12:00:00.123 CET Thu Jan 01 2026", null, "CET")]
    [InlineData("2026/01/01 12:00:03 GMT", 3.0, "GMT")]
    [InlineData("1 Jan 2026 12:00:00", null, null)]
    public void reads_the_clocks_of_many_platforms_and_their_drift_where_the_zone_is_known(string answer, double? seconds, string? zone)
    {
        var read = ShowClock.Read(answer, Noon)!;

        Assert.Equal((new DateOnly(2026, 1, 1), zone), (DateOnly.FromDateTime(read.Local), read.Zone));
        Assert.Equal(seconds is null ? null : TimeSpan.FromSeconds(seconds.Value), read.Drift);
    }

    [Fact]
    public void measures_a_clock_when_its_answer_comes_and_not_when_the_run_is_over()
    {
        var clock = new FakeClock();
        var answers = new CommandoAnswers<ClockReading>(new ShowClock(Platforms.BuiltIn, clock), [Runs.Device("r1"), Runs.Device("r2")]);
        Say(answers, "r1", 0, "00:00:00.000 UTC Thu Jan 1 2026");
        clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(TimeSpan.Zero, answers.Report(Runs.Id).Results["r1"].Drift);
    }

    [Theory]
    [InlineData("")]
    [InlineData("% Invalid input")]
    [InlineData("12:00:00 UTC")]
    [InlineData("25:00:00 UTC Thu Jan 1 2026")]
    [InlineData("12:00:00 UTC Thu Feb 31 2026")]
    public void finds_no_time_where_none_is(string answer) => Assert.Null(ShowClock.Read(answer, Noon));

    [Fact]
    public void asks_each_platform_for_its_clock_and_its_information_in_its_own_words()
    {
        var junos = Runs.Device("j1", "juniper_junos", vendor: "juniper");

        Assert.Equal([Platforms.BuiltIn.Get("juniper_junos").Samples.ShowClock], new ShowClock(Platforms.BuiltIn, TimeProvider.System).CommandsOf(junos));
        Assert.Contains(Platforms.BuiltIn.Get("juniper_junos").Samples.ShowVersion, new GatherInfo(Platforms.BuiltIn).CommandsOf(junos));
    }

    private static void Say<T>(CommandoAnswers<T> answers, string device, int step, string output, StepVerdict verdict = StepVerdict.Accepted) =>
        answers.Take(new RunNews.StepEnded(
            new ChosenDevice(device, "cisco_ios"), step, "show x", RunRules.Outcome(0, step, verdict, verdict == StepVerdict.Accepted ? null : new DeviceFault.DeviceError("% no"), output).Outcome));

    private sealed class Uptime : Commando<string>
    {
        public Uptime()
        {
            To("juniper", _ => ["show system uptime"]);
            To("cisco_nxos", _ => ["show clock"]);
            From("juniper", (_, answers) => $"junos {answers[0]}");
        }

        protected override IReadOnlyList<string> For => ["cisco", "juniper"];

        protected override IReadOnlyList<string?> Commands => ["show version", null, "show inventory"];

        protected override string FromBase(NetDevice device, IReadOnlyList<string?> answers) => string.Join(',', answers);
    }
}
