using System.Net;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Trigger.Devices.Credentials;
using Trigger.Node;

namespace Trigger.Tests.Node;

/// <summary>Two nodes that were given no credentials of their own.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class Accounts_of_a_cluster : IAsyncLifetime
{
    private readonly NodeRig rig = new();
    private (NodeHost Node, HttpClient Http) one;
    private (NodeHost Node, HttpClient Http) two;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllBytesAsync(rig.File("key"), RandomNumberGenerator.GetBytes(32));
        File.SetUnixFileMode(rig.File("key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        one = await rig.Start("one", options => options with { CredentialKeys = Keys() });
        two = await rig.Start("two", options => options with { CredentialKeys = Keys() });
    }

    public async ValueTask DisposeAsync()
    {
        one.Http.Dispose();
        two.Http.Dispose();
        await rig.DisposeAsync();
    }

    [Fact]
    public async Task are_set_through_one_node_used_by_all_and_told_to_nobody()
    {
        var set = await NodeRig.Ask(one.Http, HttpMethod.Put, "api/credentials/central", new { on = "vendor=cisco", user = "lab", password = "lab" });
        Assert.Equal(HttpStatusCode.OK, set.Status);
        while (two.Node.Accounts.Current.Entries.Count == 0)
            await Task.Yield();

        foreach (var http in new[] { one.Http, two.Http })
        {
            var run = (await NodeRig.Ask(http, HttpMethod.Post, "api/runs", new { on = "all", commands = new[] { "show clock" } })).Answer.GetProperty("run").GetString()!;
            Assert.Equal(2, (await NodeRig.Stands(http, run, "finished")).GetProperty("accepted").GetInt32());
        }

        var listed = await NodeRig.Ask(two.Http, HttpMethod.Get, "api/credentials");
        Assert.Equal(["realm", "on", "user", "ownEnable", "usable", "at", "by"], listed.Answer[0].EnumerateObject().Select(field => field.Name));
        Assert.True(listed.Answer[0].GetProperty("usable").GetBoolean());
        var line = Assert.Single(one.Node.Audit.Newest(20), line => line.What == "credential-set");
        Assert.Equal(("central", "user lab on vendor=cisco", Environment.UserName), (line.Target, line.Detail, line.Who));

        Assert.Equal(HttpStatusCode.NoContent, (await NodeRig.Ask(two.Http, HttpMethod.Delete, "api/credentials/central")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await NodeRig.Ask(two.Http, HttpMethod.Delete, "api/credentials/central")).Status);
        while (one.Node.Accounts.Current.Entries.Count > 0)
            await Task.Yield();
    }

    [Fact]
    public async Task are_tried_in_their_order()
    {
        await NodeRig.Ask(one.Http, HttpMethod.Put, "api/credentials/right", new { user = "lab", password = "lab" });
        await NodeRig.Ask(one.Http, HttpMethod.Put, "api/credentials/wrong", new { user = "nobody", password = "nothing", first = true });
        while (two.Node.Accounts.Current.Entries.Count < 2)
            await Task.Yield();

        Assert.Equal(["wrong", "right"], two.Node.Accounts.All().Select(account => account.Realm));
        var run = (await NodeRig.Ask(two.Http, HttpMethod.Post, "api/runs", new { on = "lab-ios-001", commands = new[] { "show clock" } })).Answer.GetProperty("run").GetString()!;
        Assert.Equal(1, (await NodeRig.Stands(two.Http, run, "finished")).GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task with_mistakes_are_not_taken_and_every_mistake_is_named()
    {
        var refused = await NodeRig.Ask(one.Http, HttpMethod.Put, "api/credentials/no%20realm", new { on = "vendr=cisco", password = "two\nlines" });

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(["realm", "on", "user", "password"], refused.Answer.GetProperty("mistakes").EnumerateArray().Select(mistake => mistake.GetProperty("field").GetString()));
        Assert.DoesNotContain("lines", refused.Text, StringComparison.Ordinal);
        Assert.Empty(one.Node.Accounts.All());
    }

    [Fact]
    public async Task are_asked_for_their_secret_by_the_console()
    {
        var asked = await NodeRig.Ask(one.Http, HttpMethod.Post, "api/console", new { words = new[] { "credential", "set", "central", "--user", "lab", "--enable" } });
        Assert.Equal(["Password: ", "Enable password: "], asked.Answer.GetProperty("ask").EnumerateArray().Select(question => question.GetString()));
        Assert.Empty(one.Node.Accounts.All());

        await NodeRig.Ask(one.Http, HttpMethod.Post, "api/console", new { words = new[] { "credential", "set", "central", "--user", "lab", "--enable" }, secrets = new[] { "lab", "lab2" } });
        Assert.True(Assert.Single(one.Node.Accounts.All()).OwnEnable);
    }

    private CredentialKeys Keys()
    {
        var mistakes = new List<string>();
        var keys = CredentialKeys.Load([rig.File("key")], mistakes);
        Assert.Empty(mistakes);
        return keys;
    }
}
