using System.Net;
using Trigger.Node;
using Trigger.Node.Security;

namespace Trigger.Tests.Node;

public sealed class The_policy_of_a_node : IAsyncDisposable
{
    private const string Careful = """
        policy {
          rules = [
            { allow = ".*", roles = [admin] }
            { allow = "show .*" }
          ]
          default = deny
        }
        """;

    private readonly NodeRig rig = new();

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task holds_every_caller_whichever_way_he_comes()
    {
        var (node, http) = await rig.Start("one", options => options with { Policy = rig.Write("policy.conf", Careful) }, NodeRig.Book(), tokens: true);
        using var _ = http;
        var (low, high) = (Token(node, Role.Operator), Token(node, Role.Admin));
        var change = new { on = "lab-ios-001", commands = new[] { "configure terminal", "end" } };

        var refused = await NodeRig.Ask(http, HttpMethod.Post, "api/runs", change, low);
        Assert.Equal((HttpStatusCode.BadRequest, 2), (refused.Status, refused.Answer.GetProperty("mistakes").GetArrayLength()));
        Assert.Contains("is denied to operators", refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await NodeRig.Ask(http, HttpMethod.Post, "api/runs", new { change.on, change.commands, dryRun = true }, low)).Status);
        Assert.Contains("is denied to operators", (await NodeRig.Ask(http, HttpMethod.Post, "api/console", new { words = new[] { "job", "run", "--on", "lab-ios-001", "configure terminal" } }, low)).Text, StringComparison.Ordinal);
        var terminal = await NodeRig.Ask(http, HttpMethod.Get, "api/devices/lab-ios-001/terminal", token: low);
        Assert.Equal(HttpStatusCode.Forbidden, terminal.Status);
        Assert.Contains("the line 'terminal'", terminal.Text, StringComparison.Ordinal);
        Assert.Empty(node.Records.Runs());

        Assert.Equal(HttpStatusCode.Accepted, (await NodeRig.Ask(http, HttpMethod.Post, "api/runs", new { change.on, commands = new[] { "show clock" } }, low)).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await NodeRig.Ask(http, HttpMethod.Post, "api/runs", change, high)).Status);
    }

    [Fact]
    public async Task is_asked_again_when_a_run_is_approved_and_when_it_is_taken_up()
    {
        var (before, http) = await rig.Start("one", options => options with { Policy = rig.Write("policy.conf", Careful.Replace("deny", "allow", StringComparison.Ordinal)) }, NodeRig.Book(), tokens: true);
        var token = Token(before, Role.Operator);
        var run = (await NodeRig.Ask(http, HttpMethod.Post, "api/runs", new { on = "lab-ios-001", commands = new[] { "configure terminal", "end" }, rules = new { approval = true } }, token))
            .Answer.GetProperty("run").GetString()!;
        await NodeRig.Stands(http, run, "awaiting approval", token);
        http.Dispose();
        await before.DisposeAsync();

        var (after, again) = await rig.Start("one", options => options with { Policy = rig.Write("policy.conf", Careful) }, NodeRig.Book(), tokens: true);
        using var _ = again;
        await NodeRig.Stands(again, run, "finished", token);
        Assert.Equal(["cancelled", "cancelled"], after.Records.Outcomes(run).Select(outcome => outcome.FaultKind));
        Assert.Contains(after.Audit.Newest(20), line => line.What == "run-denied" && line.Target == run);
    }

    [Fact]
    public async Task with_mistakes_keeps_the_node_from_starting()
    {
        var policy = rig.Write("policy.conf", "policy { rules = [ { allow = \"(\" }, { permit = x } ] }");

        var failure = await Assert.ThrowsAsync<NodeException>(() => rig.Start("one", options => options with { Policy = policy }));
        Assert.Contains("policy.conf:1", failure.Message, StringComparison.Ordinal);
    }

    private static string Token(NodeHost node, Role role) => node.Tokens.Create($"{role}", role, null, "test").Text;
}
