using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>Nothing of ours is sent to a host that is not proven to be the one we mean.</summary>
public sealed class Host_keys(Lab lab)
{
    private Desk Strict(out Desk desk)
    {
        desk = lab.Desk().Server();
        desk.AcceptNew = false;
        return desk;
    }

    private async Task<string> Fingerprint(string key) => (await Tool.Run("ssh-keygen", "-lf", lab.File($"ssh/{key}.pub"))).Split(' ')[1];

    private string Key(string key) => string.Join(' ', File.ReadAllText(lab.File($"ssh/{key}.pub")).Split(' ')[..2]);

    [Fact]
    public async Task that_nobody_knows_are_refused_and_shown()
    {
        await using var _ = Strict(out var desk);

        var refused = (await desk.Run("id -un")).Exits(1).Only.Is("host_key_unknown");

        Assert.Contains(refused.Fault.Contains("ed25519", StringComparison.OrdinalIgnoreCase) ? await Fingerprint("hk_ed25519") : await Fingerprint("hk_rsa"), refused.Fault, StringComparison.Ordinal);
        Assert.False(File.Exists(desk.KnownHosts));
    }

    [Fact]
    public async Task are_recorded_when_asked_and_good_for_the_next_run()
    {
        await using var _ = Strict(out var desk);

        (await desk.Run("--accept-new", "id -un")).Exits(0);
        Assert.StartsWith($"[127.0.0.1]:{Lab.Ssh} ", Assert.Single(File.ReadAllLines(desk.KnownHosts), line => line.Length > 0), StringComparison.Ordinal);

        (await desk.Run("id -un")).Exits(0).Only.IsAccepted();
    }

    [Fact]
    public async Task that_changed_are_refused_even_when_new_ones_are_accepted_and_nothing_is_sent()
    {
        await using var _ = Strict(out var desk);
        var user = $"nobody{Guid.NewGuid():N}";
        desk.As(user, "whatever");
        var record = $"[127.0.0.1]:{Lab.Ssh} {Key("user_ed25519")}\n";
        desk.Write("known_hosts", record);

        var refused = (await desk.Run("--accept-new", "id -un")).Exits(1).Only.Is("host_key_changed");

        refused.Says(await Fingerprint("user_ed25519"), await Fingerprint("hk_ed25519"), $"{desk.KnownHosts}:1", "Nothing was sent");
        Assert.Equal(record, await File.ReadAllTextAsync(desk.KnownHosts, TestContext.Current.CancellationToken));
        Assert.DoesNotContain(user, await File.ReadAllTextAsync(lab.File("ssh/main.log"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task that_are_revoked_are_refused()
    {
        await using var _ = Strict(out var desk);
        desk.Write("known_hosts", $"@revoked * {Key("hk_ed25519")}\n@revoked * {Key("hk_rsa")}\n");

        (await desk.Run("--accept-new", "id -un")).Exits(1).Only.Is("host_key_revoked");
    }

    [Fact]
    public async Task that_the_inventory_pins_need_no_other_record()
    {
        await using var desk = lab.Desk().As(Lab.Shell, Lab.Password).Device("pinned", "linux", "127.0.0.1", Lab.Ssh, hostKey: await Fingerprint("hk_ed25519"));
        desk.AcceptNew = false;

        (await desk.Run("id -un")).Exits(0).Only.IsAccepted();
    }

    [Fact]
    public async Task other_than_the_inventory_pins_are_refused()
    {
        await using var desk = lab.Desk().As(Lab.Shell, Lab.Password).Device("pinned", "linux", "127.0.0.1", Lab.Ssh, hostKey: await Fingerprint("user_ed25519"));

        (await desk.Run("id -un")).Exits(1).Only.Is("host_key_changed").Says("pinned", await Fingerprint("user_ed25519"));
    }

    [Fact]
    public async Task of_an_old_server_are_of_no_use_until_the_row_allows_old_algorithms()
    {
        await using var desk = lab.Desk().As(Lab.Shell, Lab.Password);
        desk.Device("old", "linux", "127.0.0.1", Lab.LegacySsh).Device("allowed", "linux", "127.0.0.1", Lab.LegacySsh, algorithms: "legacy");

        var ran = (await desk.Run("id -un")).Exits(1);

        ran.Outcomes.Single(o => o.Device == "old").Is("algorithm_mismatch").Says("diffie-hellman-group1-sha1", "curve25519-sha256", "sshAlgorithms=legacy");
        Assert.Equal("trgunix\n", ran.Outcomes.Single(o => o.Device == "allowed").IsAccepted().Output);
    }
}
