using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>Everything about the input is checked before any packet is sent, and every mistake is named in one go.</summary>
public sealed class The_command_line(Lab lab)
{
    [Fact]
    public async Task tells_what_a_run_would_do_and_touches_nothing()
    {
        using var port = new SilentPort();
        await using var desk = lab.Desk().Device("a", "linux", "127.0.0.1", port.Number).Device("b", "frr_vty", "127.0.0.1", port.Number, "telnet");

        var ran = (await desk.Start(["run", "--on", "all", .. desk.Places(), "--dry-run", "show version", "reboot"]).End()).Exits(0);

        Assert.Contains("reads    show version", ran.Out, StringComparison.Ordinal);
        Assert.Contains("changes  reboot", ran.Out, StringComparison.Ordinal);
        Assert.Contains("nothing was sent", ran.Out, StringComparison.Ordinal);
        Assert.False(port.WasTouched);
        Assert.Empty((await desk.Job("list", "--json")).Exits(0).Lines);
    }

    [Fact]
    public async Task takes_commands_from_a_file()
    {
        await using var desk = lab.Desk().Server();
        var file = desk.Write("commands.txt", "# greetings\necho one\n\n! and\necho two\r\n");

        var ran = (await desk.Run("-f", file)).Exits(0);

        Assert.Equal(["echo one", "echo two"], ran.Outcomes.Select(o => o.Command));
        Assert.Equal(["one\n", "two\n"], ran.Outcomes.Select(o => o.Output));
    }

    [Theory]
    [InlineData]
    [InlineData("-f", "-")]
    public async Task takes_commands_from_standard_input(params string[] arguments)
    {
        await using var desk = lab.Desk().Server();

        var ran = (await desk.Start(["run", "--on", "all", "--json", .. desk.Places(), .. arguments], input: "echo one\necho two\n").End()).Exits(0);

        Assert.Equal(["one\n", "two\n"], ran.Outcomes.Select(o => o.Output));
    }

    [Fact]
    public async Task writes_every_answer_to_a_file_of_its_own()
    {
        await using var desk = lab.Desk().Server("a").Server("../b");

        (await desk.Run("--out", desk.File("answers"), "echo one", "ls /no/such")).Exits(1);

        var files = Directory.EnumerateFiles(desk.File("answers"), "*", SearchOption.AllDirectories).ToDictionary(path => Path.GetRelativePath(desk.File("answers"), path), File.ReadAllText);
        Assert.Equal(["..-b/01-echo-one.txt", "..-b/02-ls--no-such.txt", "a/01-echo-one.txt", "a/02-ls--no-such.txt"], files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("one\n", files["a/01-echo-one.txt"]);
        Assert.StartsWith("! device_error:", files["a/02-ls--no-such.txt"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task prints_answers_for_people_without_json()
    {
        await using var desk = lab.Desk().Server();

        var ran = (await desk.Start(["run", "--on", "all", .. desk.Places(), "echo for people", "false"]).End()).Exits(1);

        Assert.Contains("=== unix · echo for people · accepted", ran.Out, StringComparison.Ordinal);
        Assert.Contains("\nfor people\n", ran.Out, StringComparison.Ordinal);
        Assert.Contains("!!! device_error", ran.Out, StringComparison.Ordinal);
        Assert.Contains("trigger job results ", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task names_every_mistake_at_once_with_its_place_and_sends_nothing()
    {
        using var port = new SilentPort();
        await using var desk = lab.Desk().As("x", "y").Server("first", port: port.Number);
        var bad = desk.Write("bad.csv", $"""
            nodeName,platform,port
            first,linux,{port.Number}
            twice,linux,{port.Number}
            twice,linux,{port.Number}
            broken,"linux,22
            far,linux,65536
            strange,cisco_iso,22
            """);
        var open = desk.Write("open.conf", "username = x\npassword = y\n", (UnixFileMode)0b110_100_100);

        var ran = (await desk.Run("--inventory", bad, "--credentials", open, "--identity", desk.File("no-such-key"), "--identity", lab.File("ssh/user_ed25519.pub"),
            "-f", desk.File("no-such-file"), "--parallel", "0", "--timeout", "soon", "--login-timeout", "-1", "id")).Exits(2);

        foreach (var named in new[]
                 {
                     $"{bad}:2", $"{bad}:4", $"{bad}:5", $"{bad}:6", "65536", $"{bad}:7", "cisco_iso", $"{open}: others can read", "no-such-key", "user_ed25519.pub", "no-such-file",
                     "--parallel", "--timeout is 'soon'", "--login-timeout",
                 })
            Assert.Contains(named, ran.Error, StringComparison.Ordinal);
        Assert.Contains("nothing was done", ran.Error, StringComparison.Ordinal);
        Assert.Empty(ran.Out);
        Assert.False(port.WasTouched);
    }

    [Theory]
    [InlineData("no-such-device", "no-such-device")]
    [InlineData("siet=ams", "siet")]
    [InlineData("platform=cisco_ios", "no device is meant")]
    [InlineData("platform~[", "regular expression")]
    public async Task does_not_guess_which_devices_are_meant(string selection, string named)
    {
        using var port = new SilentPort();
        await using var desk = lab.Desk().As("x", "y").Server(port: port.Number);

        var ran = (await desk.Start(["run", "--on", selection, .. desk.Places(), "id"]).End()).Exits(2);

        Assert.Contains(named, ran.Error, StringComparison.Ordinal);
        Assert.False(port.WasTouched);
    }

    [Fact]
    public async Task sends_no_change_to_everybody_because_nobody_was_named()
    {
        using var port = new SilentPort();
        await using var desk = lab.Desk().As("x", "y").Server(port: port.Number);

        var ran = (await desk.Start(["run", .. desk.Places(), "reboot"]).End()).Exits(2);

        Assert.Contains("'reboot' may change something", ran.Error, StringComparison.Ordinal);
        Assert.False(port.WasTouched);
    }

    [Theory]
    [InlineData("--dryrun")]
    [InlineData("--password")]
    [InlineData("-x")]
    public async Task takes_no_mistyped_option_for_a_command(string option)
    {
        using var port = new SilentPort();
        await using var desk = lab.Desk().As("x", "y").Server(port: port.Number);

        var ran = (await desk.Run(option, "reboot")).Exits(2);

        Assert.Contains($"'{option}'", ran.Error, StringComparison.Ordinal);
        Assert.False(port.WasTouched);
    }

    [Theory]
    [InlineData("run", "--no-such-option")]
    [InlineData("job", "show", "no-such-run")]
    [InlineData("job", "resume", "no-such-run")]
    [InlineData("lab", "--devices", "none")]
    [InlineData("no-such-verb")]
    public async Task calls_bad_input_bad_input(params string[] arguments)
    {
        await using var desk = lab.Desk();

        var ran = await desk.With("XDG_STATE_HOME", desk.State).Trigger(arguments);

        ran.Exits(2);
        Assert.NotEmpty(ran.Error);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    [InlineData("job", "--help")]
    [InlineData("--version")]
    public async Task helps(params string[] arguments)
    {
        await using var desk = lab.Desk();

        Assert.NotEmpty((await desk.Trigger(arguments)).Exits(0).Out);
    }
}
