using System.Net;

namespace Trigger.Tests.Node;

public sealed class Changes_asked_of_a_node : IAsyncDisposable
{
    private readonly NodeRig rig = new();

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task are_shown_part_by_part_before_anything_is_sent()
    {
        using var http = (await rig.Start("one", null, NodeRig.Book())).Http;
        var order = new { on = "all", commands = new[] { "ntp server 10.0.0.1" }, change = new { verify = new[] { "show ntp =~ 10.0.0.1", "show clock" }, reloadMinutes = 5 }, dryRun = true };

        var shown = await NodeRig.Ask(http, HttpMethod.Post, "api/runs", order);

        Assert.Equal(HttpStatusCode.OK, shown.Status);
        var lines = shown.Answer.GetProperty("devices")[0].GetProperty("commands").EnumerateArray().Select(line => (line.GetProperty("part").GetString()!, line.GetProperty("send").GetString()!, line.GetProperty("changes").GetBoolean())).ToList();
        Assert.Equal("copy", lines[0].Item1);
        Assert.Contains(("load", "ntp server 10.0.0.1", true), lines);
        Assert.Contains(lines, line => line is ("schedule", _, true));
        Assert.Equal(["verify", "verify"], lines.Where(line => !line.Item3 && line.Item1 == "verify").Select(line => line.Item1));
        Assert.Empty((await NodeRig.Ask(http, HttpMethod.Get, "api/runs")).Answer.EnumerateArray());
    }

    [Fact]
    public async Task with_mistakes_are_refused_with_all_of_them()
    {
        using var http = (await rig.Start("one", null, NodeRig.Book())).Http;
        var order = new
        {
            commands = new[] { "ntp server 10.0.0.1" }, init = new[] { "terminal length 0" }, interval = "1s", netconf = true,
            change = new
            {
                diffOnly = true, confirmMinutes = 0, reloadMinutes = 5, verify = new[] { "show ntp =~ (" }, settle = "1h", noRollback = true,
                configs = new Dictionary<string, string[]> { ["lab-ios-001"] = [], ["lab-ios-001.conf"] = ["a"], ["nobody"] = ["b"], ["lab-ios-002"] = ["in\tthe middle"] },
            },
        };

        var refused = await NodeRig.Ask(http, HttpMethod.Post, "api/runs", order);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        var fields = refused.Answer.GetProperty("mistakes").EnumerateArray().Select(mistake => mistake.GetProperty("field").GetString()!).ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "on", "netconf", "init", "interval", "change.confirmMinutes", "change.reloadMinutes", "change.diffOnly", "change.verify", "change.settle", "change.noRollback",
                "change.configs.lab-ios-001", "change.configs.lab-ios-001.conf", "change.configs.nobody", "change.configs.lab-ios-002",
            },
            fields);
        Assert.Empty((await NodeRig.Ask(http, HttpMethod.Get, "api/runs")).Answer.EnumerateArray());
    }

    [Theory]
    [InlineData("ntp\tserver")]
    [InlineData(" ")]
    [InlineData("end")]
    public async Task hold_only_lines_that_can_be_typed_inside_a_configuration(string line)
    {
        using var http = (await rig.Start("one", null, NodeRig.Book())).Http;
        var change = new { };

        Assert.Equal(HttpStatusCode.BadRequest, (await NodeRig.Ask(http, HttpMethod.Post, "api/runs", new { on = "all", commands = new[] { "ntp server 10.0.0.1", line }, change })).Status);
        Assert.Equal(HttpStatusCode.OK, (await NodeRig.Ask(http, HttpMethod.Post, "api/runs", new { on = "all", commands = new[] { "ntp server 10.0.0.1" }, change, dryRun = true })).Status);
    }

    [Fact]
    public async Task without_lines_for_a_chosen_device_are_refused()
    {
        using var http = (await rig.Start("one", null, NodeRig.Book())).Http;
        var refused = await NodeRig.Ask(http, HttpMethod.Post, "api/runs", new { on = "all", change = new { configs = new Dictionary<string, string[]> { ["lab-ios-001"] = ["ntp server 10.0.0.1"] } } });

        Assert.Contains("There is nothing for lab-ios-002.", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task need_approval_from_those_who_need_it_for_every_change()
    {
        var (node, http) = await rig.Start("one", options => options with { ApprovalFor = [Trigger.Node.Security.Role.Operator] }, NodeRig.Book(), tokens: true);
        using var _ = http;
        var token = node.Tokens.Create("low", Trigger.Node.Security.Role.Operator, null, "test").Text;

        var asked = await NodeRig.Ask(http, HttpMethod.Post, "api/runs", new { on = "lab-ios-001", change = new { configs = new Dictionary<string, string[]> { ["lab-ios-001"] = ["ntp server 10.0.0.1"] } } }, token);

        Assert.Equal(HttpStatusCode.Accepted, asked.Status);
        await NodeRig.Stands(http, asked.Answer.GetProperty("run").GetString()!, "awaiting approval", token);
    }
}
