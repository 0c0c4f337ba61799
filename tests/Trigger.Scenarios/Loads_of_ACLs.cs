using System.Net;
using System.Text.Json;
using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary><c>load_acl</c> against a real server that fetches its filter with curl, which speaks TFTP of its own making; and the file server against clients that nobody here wrote.</summary>
public sealed class Loads_of_ACLs(Lab lab)
{
    private const string Filter = "ip access-list extended edge\n permit tcp any any eq 22\n deny ip any any\n";

    [Fact]
    public async Task are_fetched_by_the_device_and_leave_the_queue_only_then()
    {
        await using var desk = lab.Desk().Server("core1").Server("core2", "127.31.0.1", Lab.CrowdSsh);
        var port = Prepare(desk, $"curl -sf {{url}} -o {desk.File("got")}-$(id -un)-{{file}}", "true");
        (await Tool(desk, ["device", "acl", "tool"], "-a", "118", "core1", "core2")).Exits(0);
        (await Tool(desk, ["device", "acl", "tool"], "-i", "118")).Exits(0);
        Assert.Contains("core2", (await Tool(desk, ["device", "acl", "tool"], "-l")).Exits(0).Out, StringComparison.Ordinal);

        var shown = (await Load(desk, "-Q", "--bouncy", "--dry-run")).Exits(0);
        Assert.Contains($"curl -sf tftp://127.0.0.1:{port}/118.", shown.Out, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(desk.File("root")));

        var loaded = (await Load(desk, "-Q", "--bouncy")).Exits(0);
        Assert.Equal(["done for core1: 118", "done for core2: 118"], loaded.Lines.Order());
        Assert.Contains("OUT OF BOUNCE", loaded.Error, StringComparison.Ordinal);

        Assert.Equal(Filter, System.IO.File.ReadAllText(Assert.Single(Directory.EnumerateFiles(desk.Folder, "got-*"))));
        Assert.Empty(Directory.EnumerateFiles(desk.File("root")));
        Assert.Contains("Nothing in the integrated queue.", (await Tool(desk, ["device", "acl", "tool"], "-l")).Exits(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task stay_in_the_queue_when_the_device_could_not_fetch_them()
    {
        await using var desk = lab.Desk().Server("core1");
        Prepare(desk, "curl -sf {url}-nothing", "true");
        (await Tool(desk, ["device", "acl", "tool"], "-a", "118", "core1")).Exits(0);
        (await Tool(desk, ["device", "acl", "tool"], "-i", "118")).Exits(0);

        var failed = (await Load(desk, "-Q", "--bouncy")).Exits(1);

        Assert.Contains("LOAD FAILED ON core1", failed.Error, StringComparison.Ordinal);
        Assert.Contains("no such file", failed.Error, StringComparison.Ordinal);
        Assert.Contains("core1", (await Tool(desk, ["device", "acl", "tool"], "-l")).Exits(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task are_never_sent_twice_however_they_end()
    {
        await using var desk = lab.Desk().Server("core1");
        var (sent, begins, ends) = (desk.File("sent"), await desk.Pipe("begins"), await desk.Pipe("ends"));
        Prepare(desk, $"curl -sf {{url}} >> {sent}; echo begun > {begins}; cat {ends}", "true");
        (await Tool(desk, ["device", "acl", "tool"], "-a", "118", "core1")).Exits(0);
        (await Tool(desk, ["device", "acl", "tool"], "-i", "118")).Exits(0);

        var begun = desk.Start(["acl", "load", "-Q", "--bouncy", .. desk.Places(), "--platforms", desk.File("platforms")], "y\n");
        Assert.Equal("begun\n", await Rig.Tool.Run("head", "-n", "1", begins));
        begun.Crash();
        await begun.End();
        var run = (await desk.TheRun()).Id;

        // Neither is it loaded anew beside what nobody knows the end of.
        Assert.Contains(run, (await Load(desk, "-Q", "--bouncy")).Exits(0).Error, StringComparison.Ordinal);
        var resumed = (await Load(desk, "--resume", run)).Exits(3);

        Assert.Contains("LOAD IN DOUBT ON core1", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(Filter, System.IO.File.ReadAllText(sent));
        var listed = (await Tool(desk, ["device", "acl", "tool"], "-l")).Exits(0);
        Assert.Contains("core1", listed.Out, StringComparison.Ordinal);
        Assert.Contains("in doubt", listed.Error, StringComparison.Ordinal);
        Assert.Contains("load it by hand", (await Load(desk, "--auto", "--bouncy")).Exits(0).Error, StringComparison.Ordinal);
        Assert.Equal(Filter, System.IO.File.ReadAllText(sent));
    }

    [Fact]
    public async Task are_fetched_from_what_the_server_is_called_outside_and_told_to_who_wants_to_know()
    {
        await using var desk = lab.Desk().Server("core1");
        Prepare(desk, $"curl -sf {{url}} -o {desk.File("got")}", "true");
        var port = Ports.Free();
        Settings(desk, $"root = root, tftp = \"127.0.0.77:{port}\", vips = [\"127.0.0.1 = 127.0.0.77\"], for-loads = true");
        (await Tool(desk, ["device", "acl", "tool"], "-a", "118", "core1")).Exits(0);
        using var hook = new HttpListener();
        var address = $"http://127.0.0.1:{Ports.Free()}/";
        hook.Prefixes.Add(address);
        hook.Start();
        var told = Told(hook);
        var notify = desk.Write("notifications.conf", $"webhooks = [{{ url = \"{address}\", insecure = true, on = [finished] }}]\n");

        Assert.Contains($"tftp://127.0.0.1:{port}/118.", (await Load(desk, "-f", desk.Write("devices", "core1 118\n"), "--bouncy", "--no-vip", "--dry-run")).Exits(0).Out, StringComparison.Ordinal);
        var loaded = (await Load(desk, "-f", desk.File("devices"), "--bouncy", "--notify", notify)).Exits(0);

        Assert.Equal("done for core1: 118", loaded.Out.Trim());
        Assert.Equal(Filter, System.IO.File.ReadAllText(desk.File("got")));
        var news = (await told).RootElement.ToString();
        Assert.Contains("load_acl 118", news, StringComparison.Ordinal);
        Assert.DoesNotContain("permit tcp", news, StringComparison.Ordinal);
    }

    private static async Task<JsonDocument> Told(HttpListener hook)
    {
        var call = await hook.GetContextAsync();
        var news = await JsonDocument.ParseAsync(call.Request.InputStream);
        call.Response.Close();
        return news;
    }

    [Fact]
    public async Task can_be_fetched_by_every_client_there_is()
    {
        await using var desk = lab.Desk();
        Directory.CreateDirectory(desk.File("root"));
        var bytes = new byte[700_001];
        Random.Shared.NextBytes(bytes);
        await System.IO.File.WriteAllBytesAsync(desk.File("root/118"), bytes, TestContext.Current.CancellationToken);
        await Rig.Tool.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", desk.File("key"));
        var (tftp, ssh) = (Ports.Free(), Ports.Free());
        Settings(desk, $"root = root, tftp = \"127.0.0.1:{tftp}\", ssh = \"127.0.0.1:{ssh}\", user = files, authorized-keys = key.pub, writable = true");
        var server = desk.Start(["serve-files"]);
        await Answers(ssh);

        string[] options = ["-q", "-i", desk.File("key"), "-o", "IdentitiesOnly=yes", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "BatchMode=yes", "-P", $"{ssh}"];
        await Rig.Tool.Run("curl", "-sf", "--tftp-blksize", "1468", $"tftp://127.0.0.1:{tftp}/118", "-o", desk.File("got1"));
        await Rig.Tool.Run("/bin/bash", "-c", $"cd {desk.Folder}; printf 'mode octet\\nget 118 got2\\nmode octet\\nput key.pub up2\\nquit\\n' | tftp 127.0.0.1 {tftp}");
        await Rig.Tool.Run("scp", [.. options, "files@127.0.0.1:118", desk.File("got3")]);
        await Rig.Tool.Run("scp", ["-O", .. options, "files@127.0.0.1:118", desk.File("got4")]);
        await Rig.Tool.Run("scp", [.. options, desk.File("got3"), "files@127.0.0.1:up3"]);
        await Rig.Tool.Run("scp", ["-O", .. options, desk.File("got4"), "files@127.0.0.1:up4"]);
        var batch = desk.Write("batch", $"ls -l\nget 118 {desk.File("got5")}\nput {desk.File("got5")} up5\n");
        Assert.Contains("700001", await Rig.Tool.Run("sftp", ["-b", batch, .. options, "files@127.0.0.1"]), StringComparison.Ordinal);

        foreach (var file in new[] { "got1", "got2", "got3", "got4", "got5", "root/up3", "root/up4", "root/up5" })
            Assert.Equal(bytes, await System.IO.File.ReadAllBytesAsync(desk.File(file), TestContext.Current.CancellationToken));
        Assert.Equal(System.IO.File.ReadAllText(desk.File("key.pub")), System.IO.File.ReadAllText(desk.File("root/up2")));
        server.Stop();
    }

    private static int Prepare(Desk desk, string command, string save)
    {
        foreach (var folder in new[] { "acls", "root", "platforms" })
            Directory.CreateDirectory(desk.File(folder));
        desk.Write("acls/118", Filter);
        desk.Write("platforms/loads.conf", $"linux {{ load-acl {{ dialect = ios, command = \"\"\"{command}\"\"\" }}, configure {{ save = [\"{save}\"] }} }}\n");
        var port = Ports.Free();
        Settings(desk, $"root = root, tftp = \"127.0.0.1:{port}\", address = \"127.0.0.1\", for-loads = true");
        return port;
    }

    private static void Settings(Desk desk, string server) => desk.With("TRIGGER_CONFIG", desk.Write("trigger.conf", $"trigger {{ acl.directory = acls, file-server {{ {server} }} }}\n"));

    private static Task<Ran> Load(Desk desk, params string[] arguments) => desk.Start(["acl", "load", .. arguments, .. desk.Places(), "--platforms", desk.File("platforms")], "y\n").End();

    private static Task<Ran> Tool(Desk desk, string[] verb, params string[] arguments)
    {
        string[] places = [.. desk.Places().TakeWhile(word => word != "--known-hosts")];
        return desk.Trigger([.. verb, .. arguments, .. places]);
    }

    private static async Task Answers(int port) =>
        await Rig.Tool.Run("/bin/bash", "-c", $"for i in $(seq 600); do (exec 3<>/dev/tcp/127.0.0.1/{port}) 2>/dev/null && exit 0; sleep 0.1; done; exit 1");
}
