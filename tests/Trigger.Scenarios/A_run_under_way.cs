using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>Runs are stopped in order: what was sent is waited for, the rest is not sent.</summary>
public sealed class A_run_under_way(Lab lab)
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData(null)]
    public async Task is_stopped_in_order_by_a_signal_or_from_another_process(string? signal)
    {
        await using var desk = lab.Desk().Server("a", "127.31.0.6", Lab.CrowdSsh).Server("b", "127.31.0.7", Lab.CrowdSsh).Server("c", "127.31.0.8", Lab.CrowdSsh);
        var (begins, ends) = (await desk.Pipe("begins"), await desk.Pipe("ends"));
        var running = desk.Begin("--parallel", "1", $"echo begun > {begins}; cat {ends}", "echo more");
        Assert.Equal("begun\n", await Tool.Run("head", "-n", "1", begins));

        var (run, state) = await desk.TheRun();
        Assert.Equal("running", state);
        if (signal is null)
            (await desk.Job("cancel", run)).Exits(0);
        else
            await running.Signal(signal);

        // Those that were not begun hear of it while the one under way still works.
        var unsent = new[] { await running.Outcome(), await running.Outcome(), await running.Outcome(), await running.Outcome() };
        Assert.All(unsent, o => o.Is("cancelled"));
        Assert.Equal(["b", "b", "c", "c"], unsent.Select(o => o.Device).Order());
        await Tool.Run("/bin/bash", "-c", $"echo done > '{ends}'");

        Assert.Equal("done\n", (await running.Outcome()).IsAccepted().Output);
        Assert.Equal("more", (await running.Outcome()).Is("cancelled").Command.Split(' ')[1]);
        (await running.End()).Exits(1);
        Assert.Equal("finished", (await desk.TheRun()).State);
        (await desk.Job("cancel", run)).Exits(2);
    }

    [Fact]
    public async Task cannot_be_resumed_by_another_process()
    {
        await using var desk = lab.Desk().Server();
        var (begins, ends) = (await desk.Pipe("begins"), await desk.Pipe("ends"));
        var running = desk.Begin($"echo begun > {begins}; cat {ends}");
        await Tool.Run("head", "-n", "1", begins);
        var run = (await desk.TheRun()).Id;

        var resumed = await desk.Resume(run);
        await Tool.Run("/bin/bash", "-c", $"echo done > '{ends}'");

        resumed.Exits(2);
        Assert.Equal("done\n", (await running.End()).Exits(0).Only.Output);
    }

    [Fact]
    public async Task shares_its_state_directory_with_others()
    {
        await using var desk = lab.Desk().Server();
        var runs = Enumerable.Range(1, 5).Select(n => desk.Run($"echo {n}")).ToArray();

        var ran = await Task.WhenAll(runs);

        Assert.All(ran, one => one.Exits(0));
        Assert.Equal(["1\n", "2\n", "3\n", "4\n", "5\n"], ran.Select(one => one.Only.Output));
        Assert.Equal(5, (await desk.Job("list", "--json")).Exits(0).Lines.Count);
    }

    [Fact]
    public async Task is_on_record_word_for_word_as_it_was_told()
    {
        await using var desk = lab.Desk().Server("a").Server("b").Server("closed", port: 9);

        var ran = (await desk.Run("echo one", "false")).Exits(1);

        var run = ran.Outcomes[0].Run;
        Assert.Equal(ran.Lines.Order(), (await desk.Job("results", run, "--json")).Exits(1).Lines.Order());
        Assert.Equal(4, (await desk.Job("results", run, "--json", "--failed")).Lines.Count);
        Assert.Equal(2, (await desk.Job("results", run, "--json", "--device", "closed")).Lines.Count);
        Assert.Equal(ran.Lines.Order(), (await desk.Job("results", run[..^1], "--json")).Lines.Order());
    }
}
