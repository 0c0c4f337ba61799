using Trigger.Cli.Output;
using Trigger.Cli.Run;
using Trigger.Sessions;
using Trigger.Tests.Kernel;

namespace Trigger.Tests.Cli;

public sealed class The_pace_of_a_run
{
    [Fact]
    public void is_told_by_percentiles_that_are_right_to_an_eighth_whatever_the_size()
    {
        var random = new Random(7);
        foreach (var size in new[] { 10, 1_000, 1_000_000, int.MaxValue })
        {
            var (times, all) = (new Percentiles(), new List<long>());
            for (var i = 0; i < 2_000; i++)
            {
                all.Add(random.Next(size));
                times.Add(all[^1]);
            }

            all.Sort();
            foreach (var share in new[] { 0.5, 0.95, 1.0 })
            {
                var right = all[(int)Math.Ceiling(share * all.Count) - 1];
                Assert.InRange(times.At(share).TotalMicroseconds, right, (right * 1.125) + 1);
            }
        }
    }

    [Fact]
    public void is_nothing_before_anything_has_ended() => Assert.Equal(TimeSpan.Zero, new Percentiles().At(0.95));

    [Fact]
    public void is_what_happened_of_late()
    {
        var clock = new FakeClock();
        var pace = new RunPace(clock);
        for (var i = 0; i < 20; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            pace.DeviceEnded();
        }

        Assert.Equal(1.0, pace.Rate, 0.15);
        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal((0.0, 20), (pace.Rate, pace.Devices));
    }

    [Fact]
    public void counts_faults_by_kind_with_their_devices_and_names_who_to_look_at()
    {
        var tally = new RunTally();
        for (var i = 0; i < 12; i++)
            tally.Count(Line($"r{i:00}", "refused", "timed_out"));
        tally.Count(Line("r00", "refused", "skipped"));
        tally.Count(Line("r99", "unknown", "line_lost"));

        Assert.Equal(("timed_out", 12, "r00, r01, r02, r03, r04, r05, r06, r07, r08, r09 and 2 more"), tally.Faults.First());
        Assert.Equal("12 timed_out, 1 line_lost", tally.FaultsInShort);
        Assert.Equal(("r99", "in doubt: line_lost happened"), tally.Look.First());
        Assert.Equal(10, tally.Look.Count());
    }

    [Fact]
    public void ends_in_one_table()
    {
        var table = new ResultTable();
        table.Add(Line("r2", "accepted", null) with { Output = "one\ntwo\n" });
        table.Add(Line("r1", "refused", "timed_out"));
        table.Add(Line("r3", "accepted", null) with { Output = "%LINK-3-UPDOWN: x\nonly\n", Notes = new StepNotes { LogLines = [0] } });
        using var text = new StringWriter();
        table.Write(text);

        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')).ToList();
        Assert.Equal(["device  command  verdict   ms   answer", "r1", "r2", "r3"], lines.Where(line => line[0] != '-').Select((line, at) => at == 0 ? line : line.Split(' ')[0]));
        Assert.EndsWith("one … 2 lines", lines[3], StringComparison.Ordinal);
        Assert.EndsWith("only", lines[4], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("500MB", 500_000_000L)]
    [InlineData("10gb", 10_000_000_000L)]
    [InlineData("1 TB", 1_000_000_000_000L)]
    [InlineData("10", null)]
    [InlineData("GB", null)]
    [InlineData("-1GB", null)]
    public void leaves_no_more_on_record_than_a_size_that_can_be_said(string text, long? bytes) => Assert.Equal(bytes, Trigger.Node.Retention.SizeOf(text));

    private static ResultLine Line(string device, string verdict, string? kind) => new()
    {
        Run = "run-1", Device = device, Platform = "cisco_ios", Step = 0, Command = "show a", Verdict = verdict, FaultKind = kind, FaultText = kind is null ? null : $"{kind} happened", Output = "",
        ElapsedMicroseconds = 1000,
    };
}
