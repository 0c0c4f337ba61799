using Trigger.Cli.Output;
using Trigger.Tests.Devices;

namespace Trigger.Tests.Cli;

public sealed class Grouped_results
{
    [Fact]
    public void show_each_answer_once_with_who_gave_it_and_the_most_common_first()
    {
        var groups = ResultGroups.Of([Line("r1", "a\n"), Line("r2", "b"), Line("r3", "b \n"), Line("r1", "x", step: 1)]);

        Assert.Equal(["r2,r3", "r1", "r1"], groups.Select(group => string.Join(',', group.Devices)));
        Assert.Equal([0, 0, 1], groups.Select(group => group.Example.Step));
    }

    [Fact]
    public void take_faults_of_one_kind_for_the_same_though_their_sentences_name_devices()
    {
        var groups = ResultGroups.Of([Fault("r1", "10.0.0.1 refused"), Fault("r2", "10.0.0.2 refused"), Line("r3", "")]);

        Assert.Equal(2, groups.Count);
        Assert.Equal(["r1", "r2"], groups[0].Devices);
    }

    [Fact]
    public void name_ten_devices_and_count_the_rest()
    {
        var names = Enumerable.Range(1, 12).Select(number => $"r{number}").ToArray();

        Assert.EndsWith("r10 and 2 more", ResultGroups.Names(names), StringComparison.Ordinal);
        Assert.EndsWith("r10", ResultGroups.Names(names[..10]), StringComparison.Ordinal);
    }

    [Fact]
    public void are_quoted_in_CSV_where_they_must_be_and_never_become_a_formula()
    {
        using var to = new StringWriter();
        ResultCsv.Write(to, [Line("r1", "a,\"b\"\nc"), Line("r2", "=cmd()")]);

        var text = to.ToString();
        Assert.StartsWith("run,device,platform,step,command,verdict,fault,fault_text,elapsed_ms,output\r\nrun-1,r1,cisco_ios,0,show a,accepted,,,1,\"a,\"\"b\"\"\nc\"\r\n", text, StringComparison.Ordinal);
        Assert.EndsWith(",'=cmd()\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void cannot_smuggle_markup_into_a_report()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "report.html");
        ResultHtml.Write(path, "t", "a", ResultGroups.Of([Line("r1", "<script>alert(1)</script>")]));

        Assert.DoesNotContain("<script>", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("90d", 90 * 24)]
    [InlineData("2w", 14 * 24)]
    [InlineData("36h", 36)]
    [InlineData("0d", null)]
    [InlineData("90", null)]
    [InlineData("d", null)]
    [InlineData("", null)]
    public void are_of_an_age_that_can_be_said(string text, int? hours) =>
        Assert.Equal(hours is null ? null : TimeSpan.FromHours(hours.Value), Trigger.Node.Retention.AgeOf(text));

    private static ResultLine Line(string device, string output, int step = 0) => new()
    {
        Run = "run-1", Device = device, Platform = "cisco_ios", Step = step, Command = "show a", Verdict = "accepted", Output = output, ElapsedMicroseconds = 1000,
    };

    private static ResultLine Fault(string device, string text) => Line(device, "") with { Verdict = "refused", FaultKind = "refused", FaultText = text };
}
