using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>Trigger's own tools against FRR: each test has routers of its own, so that what it changes is nobody else's.</summary>
public sealed class Tools_of_Trigger(Lab lab)
{
    [Fact]
    public async Task show_first_and_send_only_when_told_to()
    {
        await using var desk = lab.Desk();
        var router = desk.Routers(1)[0];

        var shown = (await Tool(desk, "run_cmds", "-d", $"r{router}", "-c", "configure terminal,hostname nobody-5512,end")).Exits(0);
        Assert.Contains("*** Dry-run mode; Skipping command execution ***", shown.Out, StringComparison.Ordinal);

        var sent = (await Tool(desk, "run_cmds", "-d", $"r{router}", "-c", "show running-config", "--push")).Exits(0);
        Assert.Contains($"\n###\n# r{router}\n###\nr{router}# show running-config\n", sent.Out, StringComparison.Ordinal);
        Assert.Contains($"hostname router-{router}", sent.Out, StringComparison.Ordinal);
        Assert.EndsWith("Done.\n", sent.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task load_a_configuration_and_keep_it()
    {
        await using var desk = lab.Desk();
        var router = desk.Routers(1)[0];
        var file = desk.Write("change.conf", "! comes and goes\nip route 203.0.113.0/24 Null0\n");

        var loaded = (await Tool(desk, "load_config", "-d", $"r{router}", "-C", file, "--push")).Exits(0);
        Assert.Contains("Configuration saved to", loaded.Out, StringComparison.Ordinal);

        Assert.Contains("ip route 203.0.113.0/24 Null0", System.IO.File.ReadAllText(lab.File($"frr/{router}/s.conf")), StringComparison.Ordinal);
        Assert.Contains("ip route 203.0.113.0/24 Null0", (await desk.Run("show running-config")).Only.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task do_not_keep_a_configuration_of_which_a_line_was_refused()
    {
        await using var desk = lab.Desk();
        var router = desk.Routers(1)[0];

        var refused = (await Tool(desk, "load_config", "-d", $"r{router}", "-c", "ip route 203.0.113.0/33 Null0,ip route 198.51.100.0/24 Null0", "--push")).Exits(1);

        Assert.Contains($"r{router} - Error: ip route 203.0.113.0/33 Null0: The device answered: % [STATIC] Unknown command", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Null0", (await desk.Run("show running-config")).Only.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ask_routers_for_their_interfaces()
    {
        await using var desk = lab.Desk();
        var routers = desk.Routers(2);

        var asked = (await Tool(desk, "gnng", "--all", "--include-unnumbered")).Exits(0);

        foreach (var router in routers)
            Assert.Contains($"DEVICE: r{router}\n| Interface | Addresses |", asked.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task gnng_asks_a_Linux_host_what_its_interfaces_are_now()
    {
        await using var desk = lab.Desk().As(Lab.Shell, Lab.Password).Device("unix1", "linux", "127.0.0.1", Lab.Ssh);

        var asked = (await Tool(desk, "gnng", "--all", "--csv")).Exits(0);

        Assert.Contains("unix1,lo,", asked.Out, StringComparison.Ordinal);
        Assert.Contains("127.0.0.0/8", asked.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_selection_s_file_of_names_is_not_a_file_of_arguments()
    {
        await using var desk = lab.Desk().Device("unix1", "linux", "127.0.0.1", Lab.Ssh).Device("unix2", "linux", "127.0.0.1", Lab.Ssh);
        var names = desk.Write("names", "# mine\nunix2\nunix1\n");
        var inventory = desk.Places()[1];

        Assert.Equal(2, (await desk.Trigger("device", "list", "--inventory", inventory, "--on", $"@{names}")).Exits(0).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("cannot be read", (await desk.Trigger("device", "list", "--inventory", inventory, "--on", "@/nowhere/names")).Exits(2).Error, StringComparison.Ordinal);
    }

    private static Task<Ran> Tool(Desk desk, params string[] arguments)
    {
        // A router's configuration has its passwords in it.
        desk.DevicesTellSecrets = true;
        return desk.Trigger([.. arguments, .. desk.Places()]);
    }
}
