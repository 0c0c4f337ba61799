using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>Configurations of real routers into a repository of git.</summary>
public sealed class A_backup(Lab lab)
{
    [Fact]
    public async Task keeps_what_changed_without_secrets_and_keeps_the_old_where_a_device_fails()
    {
        await using var desk = lab.Desk();
        var routers = desk.Routers(2);
        var archive = desk.File("configs");

        var first = (await Backup(desk, archive)).Exits(0);
        Assert.Equal(routers.Select(router => $"+ r{router}").Order(), first.Lines.Select(line => line.Split("  ")[0]).Order());
        var kept = await Tool.Run("git", "-C", archive, "show", $"HEAD:r{routers[0]}");
        Assert.Contains("\npassword <secret>\n", kept, StringComparison.Ordinal);
        Assert.EndsWith("\nend\n", kept, StringComparison.Ordinal);
        Assert.DoesNotContain(Lab.RouterPassword, kept, StringComparison.Ordinal);

        var minutes = Random.Shared.Next(100, 30_000);
        (await desk.Run("configure terminal", "line vty", $"exec-timeout {minutes} 0", "end")).Exits(0);
        var second = (await Backup(desk, archive)).Exits(0);
        Assert.Equal(2, second.Lines.Count(line => line.StartsWith("~ ", StringComparison.Ordinal)));
        Assert.Empty((await Backup(desk, archive)).Exits(0).Lines);
        Assert.Equal("2\n", await Tool.Run("git", "-C", archive, "rev-list", "--count", "HEAD"));

        (await Backup(desk.With("TRIGGER_PASSWORD", "wrong"), archive)).Exits(1);
        Assert.Contains($"\n exec-timeout {minutes} 0\n", await Tool.Run("git", "-C", archive, "show", $"HEAD:r{routers[0]}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_not_the_only_one_that_keeps_secrets_off_the_record()
    {
        await using var desk = lab.Desk();
        desk.Routers(1);

        var ran = (await desk.Run("show running-config", "--hide-secrets")).Exits(0);

        // What the run said and wrote is searched for the router's passwords when the desk is cleared.
        Assert.Contains("\npassword <secret>\nenable password <secret>\n", ran.Only.Output, StringComparison.Ordinal);
    }

    private static Task<Ran> Backup(Desk desk, string archive) => desk.Trigger(["backup", "--to", archive, .. desk.Places()]);
}
