using System.Text;
using Trigger.Lab;

namespace Trigger.Tests.Lab;

public sealed class A_pretended_device
{
    public static TheoryData<string> Platforms => [.. LabTerminal.Catalog.Ids];

    [Theory]
    [MemberData(nameof(Platforms))]
    public void speaks_as_its_platform_expects(string id)
    {
        using var terminal = new LabTerminal(LabTerminal.Device(id));
        var platform = terminal.Platform;
        if (platform.Samples.UserName.Length > 0)
        {
            Assert.Matches(platform.Login.UserName, terminal.Received);
            terminal.Type("lab\r\n");
        }

        Assert.Matches(platform.Login.Password, terminal.Received);
        terminal.Type("lab\r\n");
        Assert.NotNull(terminal.Mode);
        if (terminal.Mode != platform.WorkMode)
        {
            terminal.Type(platform.Enable!.Send + "\r\n");
            Assert.Matches(platform.Enable.Password, terminal.Received);
            terminal.Type("lab\r\n");
        }

        Assert.Equal(platform.WorkMode, terminal.Mode);
        foreach (var command in platform.OnOpen)
        {
            var answer = terminal.Type(command + "\r\n");
            Assert.DoesNotContain(answer.Split("\r\n"), line => platform.Failures.Any(failure => failure.IsMatch(line)));
            Assert.Equal(platform.WorkMode, terminal.Mode);
        }

        var version = terminal.Type(platform.Samples.ShowVersion + "\r\n");
        if (platform.Samples.Pager.Length == 0 || platform.Samples.PagingOff.Length > 0)
        {
            Assert.InRange(version.Length, 4000, 7000);
            Assert.Contains("lab-1", version, StringComparison.Ordinal);
            Assert.Equal(platform.WorkMode, terminal.Mode);
        }

        while (terminal.Mode is null && platform.Pager!.IsMatch(terminal.LastLine))
            terminal.Type(platform.PagerAnswer);
        Assert.Equal(platform.WorkMode, terminal.Mode);

        var error = terminal.Type("frobnicate\r\n").Split("\r\n");
        Assert.True(platform.StatusOk is not null || error.Any(line => platform.Failures.Any(failure => failure.IsMatch(line))));
        terminal.Type(platform.OnClose + "\r\n");
        Assert.True(terminal.Closed);
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public void goes_into_configuration_and_comes_back(string id)
    {
        using var terminal = LabTerminal.LoggedIn(id);
        if (terminal.Platform.Configure is not { Enter.Length: > 0 } configure)
            return;

        terminal.Type(configure.Enter + "\r\n");
        Assert.Equal(terminal.Platform.Modes[^1].Name, terminal.Mode);
        terminal.Type("interface x\r\n");
        foreach (var commit in configure.Commit)
            terminal.Type(commit + "\r\n");
        terminal.Type(configure.Leave + "\r\n");
        Assert.Equal(terminal.Platform.WorkMode, terminal.Mode);
        foreach (var save in configure.Save)
            Assert.DoesNotContain(terminal.Type(save + "\r\n").Split("\r\n"), line => terminal.Platform.Failures.Any(failure => failure.IsMatch(line)));
    }

    [Theory]
    [InlineData("cisco_ios")]
    [InlineData("frr_vty")]
    [InlineData("linux")]
    [InlineData("juniper_junos")]
    public void answers_the_same_however_the_input_is_split(string id)
    {
        var platform = LabTerminal.Catalog.Get(id);
        var login = platform.Samples.UserName.Length > 0 ? "lab\r\nlab\r\n" : "lab\r\n";
        var script = login + "enable\r\nlab\r\n" + string.Concat(platform.OnOpen.Select(command => command + "\n")) + platform.Samples.ShowVersion
            + "\r\0show lines 100\rx\x7fshow clock\r\nfrobnicate\r\n\r\nterminal length 24\r\nshow lines 60\r\n  q" + platform.Samples.ShowConfig + "\nexit\r\n";
        var bytes = Encoding.ASCII.GetBytes(script);
        using var whole = new LabTerminal(LabTerminal.Device(id));
        whole.Feed(bytes);

        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 50; round++)
        {
            using var split = new LabTerminal(LabTerminal.Device(id));
            for (var at = 0; at < bytes.Length;)
            {
                var length = Math.Min(random.Next(1, round + 2), bytes.Length - at);
                split.Feed(bytes.AsSpan(at, length));
                at += length;
            }

            Assert.True(whole.Received == split.Received, $"Seed {seed}, round {round}.");
        }
    }

    [Fact]
    public void pages_until_paging_is_switched_off()
    {
        using var terminal = LabTerminal.LoggedIn("cisco_ios");

        Assert.EndsWith("line 23\r\n --More-- ", terminal.Type("show lines 50\r\n"), StringComparison.Ordinal);
        var erased = new string('\b', 10) + new string(' ', 10) + new string('\b', 10);
        Assert.Equal($"{erased}line 24\r\n --More-- ", terminal.Type("\r"));
        Assert.StartsWith($"{erased}line 25\r\n", terminal.Type(" "), StringComparison.Ordinal);
        Assert.Equal("lab-1#", terminal.Type("q").Replace("\b", "", StringComparison.Ordinal).Trim());

        terminal.Type("terminal length 0\r\n");
        Assert.EndsWith("line 50\r\nlab-1#", terminal.Type("show lines 50\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void answers_several_commands_in_one_write()
    {
        using var terminal = LabTerminal.LoggedIn("frr_vty");
        Assert.Equal(
            "show lines 1\r\nline 1\r\nlab-1# show lines 2\r\nline 1\r\nline 2\r\nlab-1# x\r\n% [STATIC] Unknown command: x\r\nlab-1# ",
            terminal.Type("show lines 1\r\nshow lines 2\nx\r"));
    }

    [Fact]
    public void does_not_show_what_is_typed_as_a_password()
    {
        using var terminal = new LabTerminal(LabTerminal.Device("cisco_ios") with { Password = "hunter2", EnablePassword = "hunter3" });
        terminal.Type("lab\r\nhunter2\r\nenable\r\nhunter3\r\n");
        Assert.Equal("privileged", terminal.Mode);
        Assert.DoesNotContain("hunter", terminal.Received, StringComparison.Ordinal);
    }

    [Fact]
    public void refuses_three_times_and_hangs_up()
    {
        using var named = new LabTerminal(LabTerminal.Device("cisco_ios"));
        named.Type("lab\r\nwrong\r\nlab\r\nwrong\r\n");
        Assert.False(named.Closed);
        named.Type("lab\r\nwrong\r\n");
        Assert.True(named.Closed);
        Assert.Equal(3, named.Received.Split("% Login invalid").Length - 1);

        using var unnamed = new LabTerminal(LabTerminal.Device("frr_vty", LabFaults.RefuseLogin));
        unnamed.Type("lab\r\nlab\r\nlab\r\n");
        Assert.True(unnamed.Closed);
        Assert.Single(unnamed.Platform.Login.Refused.Matches(unnamed.Received));
    }

    [Fact]
    public void refuses_to_enable_and_stays_below()
    {
        using var terminal = new LabTerminal(LabTerminal.Device("cisco_ios", LabFaults.RefuseEnable));
        terminal.Type("lab\r\nlab\r\nenable\r\nlab\r\nlab\r\nlab\r\n");
        Assert.Equal("user", terminal.Mode);
        Assert.Matches(terminal.Platform.Enable!.Refused, terminal.Received);
    }

    [Fact]
    public void may_go_wrong_in_every_way_it_was_told_to()
    {
        using (var strange = LabTerminal.LoggedIn("cisco_ios", LabFaults.StrangePrompt))
            Assert.Empty(LabTerminal.Catalog.Recognise(strange.LastLine));

        using (var dropping = LabTerminal.LoggedIn("cisco_ios", LabFaults.DropDuringCommand))
        {
            dropping.Type("terminal length 0\r\n");
            Assert.False(dropping.Closed);
            Assert.InRange(dropping.Type("show version\r\n").Length, 2000, 4000);
            Assert.True(dropping.Closed);
        }

        using (var hanging = LabTerminal.LoggedIn("cisco_ios", LabFaults.HangDuringCommand))
        {
            hanging.Type("show version\r\n");
            Assert.Null(hanging.Mode);
            Assert.Equal("", hanging.Type("\r\n"));
            Assert.False(hanging.Closed);
        }

        using (var failing = LabTerminal.LoggedIn("cisco_ios", LabFaults.ErrorToEveryCommand))
            Assert.Contains("% Invalid input", failing.Type("show version\r\n"), StringComparison.Ordinal);

        using (var paging = LabTerminal.LoggedIn("cisco_ios", LabFaults.PagesEverything))
        {
            paging.Type("terminal length 0\r\n");
            Assert.EndsWith(" --More-- ", paging.Type("show version\r\n"), StringComparison.Ordinal);
        }

        using var silent = new LabTerminal(LabTerminal.Device("cisco_ios", LabFaults.Silent));
        silent.Type("lab\r\n");
        Assert.Equal("", silent.Received);
    }

    [Fact]
    public void keeps_what_it_was_configured_and_a_new_name()
    {
        using var terminal = LabTerminal.LoggedIn("cisco_ios");
        terminal.Type("terminal length 0\r\nconfigure terminal\r\nhostname core-9\r\nip route 10.0.0.0\r\n");
        Assert.Equal("core-9(config)#", terminal.LastLine);
        terminal.Type("end\r\n");
        var config = terminal.Type("show running-config | include ip route\r\n");
        Assert.Equal("show running-config | include ip route\r\nip route 10.0.0.0\r\ncore-9#", config);
    }

    [Fact]
    public void shows_a_shells_exit_status()
    {
        using var terminal = LabTerminal.LoggedIn("linux");
        Assert.Equal("lab@lab-1:~$ ", terminal.LastLine);
        terminal.Type(terminal.Platform.OnOpen[0] + "\n");
        Assert.Equal("[trigger:0]# ", terminal.LastLine);
        terminal.Type("frobnicate\n");
        Assert.Equal("[trigger:127]# ", terminal.LastLine);
    }

    [Fact]
    public void tells_what_it_heard()
    {
        var heard = new List<string>();
        using var terminal = LabTerminal.LoggedIn(LabTerminal.Device("cisco_ios") with { Heard = heard.Add });
        terminal.Type("show clock\r\n\r\n");
        Assert.Equal(["enable", "show clock"], heard);
    }
}
