using System.Text.Json;
using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>Real devices, asked what they are.</summary>
public sealed class A_device_of_unknown_kind(Lab lab)
{
    [Fact]
    public async Task is_known_for_a_linux_by_its_kernel()
    {
        await using var desk = lab.Desk().Server();

        var found = await Detect(desk, "unix");

        Assert.Equal(("linux", "certain"), (found.GetProperty("platform").GetString(), found.GetProperty("sureness").GetString()));
        Assert.Contains("uname -a", found.GetProperty("sent").EnumerateArray().Select(sent => sent.GetString()));
    }

    [Fact]
    public async Task is_known_for_a_router_of_FRR_by_its_greeting_and_its_answer()
    {
        await using var desk = lab.Desk();
        var router = desk.Routers(1)[0];

        var found = await Detect(desk, $"r{router}");

        Assert.Equal("frr_vty", found.GetProperty("platform").GetString());
        Assert.Equal("show version", Assert.Single(found.GetProperty("sent").EnumerateArray()).GetString());
    }

    private static async Task<JsonElement> Detect(Desk desk, string device)
    {
        var places = desk.Places();
        var ended = (await desk.Trigger(["detect", device, "--json", "--inventory", places[1], "--known-hosts", desk.KnownHosts, "--accept-new"])).Exits(0);
        return JsonDocument.Parse(Assert.Single(ended.Lines)).RootElement;
    }
}
