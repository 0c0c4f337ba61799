using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>What goes wrong once a command is with the device: whether it only read, or may have changed something, decides between "refused" and "unknown".</summary>
public sealed class Faults_of_a_command(Lab lab)
{
    [Fact]
    public async Task a_reading_command_that_is_not_answered_in_time_is_refused()
    {
        await using var desk = lab.Desk();
        var pipe = await desk.Pipe("nobody-writes");

        var ran = (await desk.Server().Run("--timeout", "1", $"cat {pipe}", "echo next")).Exits(1);

        ran.Outcomes[0].Is("timed_out").Says("after 1 s", $"waiting for the answer to 'cat {pipe}'");
        Assert.InRange(ran.Outcomes[0].Milliseconds, 1000, double.MaxValue);
        ran.Outcomes[1].Is("skipped");
    }

    [Fact]
    public async Task a_changing_command_that_is_not_answered_in_time_is_unknown()
    {
        await using var desk = lab.Desk();
        var pipe = await desk.Pipe("nobody-reads");

        var ran = (await desk.Server().Run("--timeout", "1", $"echo x > {pipe}", "echo next")).Exits(3);

        ran.Outcomes[0].Is("timed_out", "unknown");
        ran.Outcomes[1].Is("skipped");
    }

    [Theory]
    [InlineData("kill -9 $PPID")]
    [InlineData("kill -9 $$")]
    public async Task a_line_that_breaks_during_a_changing_command_leaves_it_unknown(string command)
    {
        await using var desk = lab.Desk();

        var ran = (await desk.Server().Run(command, "echo next")).Exits(3);

        ran.Outcomes[0].Is("line_lost", "unknown").Says(command);
        ran.Outcomes[1].Is("skipped").Says(command);
    }

    [Fact]
    public async Task a_line_that_breaks_over_telnet_leaves_it_unknown_too()
    {
        await using var desk = lab.Desk().As(Lab.Shell, Lab.Password).Device("telnet", "linux", "127.0.0.1", Lab.Telnet, "telnet");

        (await desk.Run("kill -9 $$")).Exits(3).Only.Is("line_lost", "unknown");
    }

    [Fact]
    public async Task one_device_that_fails_does_not_hinder_the_others()
    {
        await using var desk = lab.Desk().Server("closed", port: 9).Server("well").Server("breaks", "127.31.0.2", Lab.CrowdSsh);

        var ran = (await desk.Run("[ \"${SSH_CONNECTION% *}\" = \"${SSH_CONNECTION%127.31.0.2 *}127.31.0.2\" ] && kill -9 $$; true")).Exits(3);

        ran.Outcomes.Single(o => o.Device == "closed").Is("refused");
        ran.Outcomes.Single(o => o.Device == "breaks").Is("line_lost", "unknown");
        ran.Outcomes.Single(o => o.Device == "well").IsAccepted();
    }

    [Fact]
    public async Task a_run_that_stops_on_error_sends_nothing_more_to_anybody()
    {
        await using var desk = lab.Desk().Server("a", "127.31.0.3", Lab.CrowdSsh).Server("b", "127.31.0.4", Lab.CrowdSsh).Server("c", "127.31.0.5", Lab.CrowdSsh);
        var file = desk.File("sent");

        var ran = (await desk.Run("--stop-on-error", "--parallel", "1", $"echo \"$SSH_CONNECTION\" >> {file}; false", $"echo more >> {file}")).Exits(1);

        ran.Outcomes.Single(o => o is { Device: "a", Step: 0 }).Is("device_error");
        Assert.All(ran.Outcomes.Where(o => o is not { Device: "a", Step: 0 }), o => o.Is("skipped"));
        Assert.Equal(6, ran.Outcomes.Count);
        Assert.Single(await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken));
    }
}
