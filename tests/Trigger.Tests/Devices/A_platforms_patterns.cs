using System.Text.RegularExpressions;
using Trigger.Devices.Platforms;

namespace Trigger.Tests.Devices;

public sealed class A_platforms_patterns
{
    private static readonly PlatformCatalog Catalog = Platforms.BuiltIn;

    // As manuals, Trigger's own tests and a lab of real devices show them, control characters removed.
    [Theory]
    [InlineData("cisco_ios", "foo-bar1>", "user", "foo-bar1")]
    [InlineData("cisco_ios", "foo-bar1> ", "user", "foo-bar1")]
    [InlineData("cisco_ios", "foo-bar1#", "privileged", "foo-bar1")]
    [InlineData("cisco_ios", "foo-bar1# ", "privileged", "foo-bar1")]
    [InlineData("cisco_ios", "foo-bar1(config)# ", "config", "foo-bar1")]
    [InlineData("cisco_ios", "foo-bar01(config) #", "config", "foo-bar01")]
    [InlineData("cisco_ios", "r1.ams(config-if-range)#", "config", "r1.ams")]
    [InlineData("cisco_xe", "isr-4331#", "privileged", "isr-4331")]
    [InlineData("cisco_nxos", "n9k-1# ", "privileged", "n9k-1")]
    [InlineData("cisco_nxos", "n9k-1(config-if)# ", "config", "n9k-1")]
    [InlineData("cisco_xr", "RP/0/RSP0/CPU0:asr9k-1#", "privileged", "asr9k-1")]
    [InlineData("cisco_xr", "RP/0/RP0/CPU0:xr(config-bgp-nbr)#", "config", "xr")]
    [InlineData("cisco_asa", "fw1> ", "user", "fw1")]
    [InlineData("cisco_asa", "fw1/pri/act# ", "privileged", "fw1/pri/act")]
    [InlineData("cisco_asa", "fw1(config-network-object)# ", "config", "fw1")]
    [InlineData("arista_eos", "leaf1>", "user", "leaf1")]
    [InlineData("arista_eos", "leaf1(s1)#", "privileged", "leaf1")]
    [InlineData("arista_eos", "leaf1(config-if-Et1)#", "config", "leaf1")]
    [InlineData("arista_eos", "leaf1(config-s-job)#", "config", "leaf1")]
    [InlineData("juniper_junos", "user@router> ", "operational", "router")]
    [InlineData("juniper_junos", "user@router# ", "config", "router")]
    [InlineData("juniper_junos", "root@mx1:~ # ", "shell", "mx1")]
    [InlineData("juniper_junos", "root@mx1% ", "shell", "mx1")]
    [InlineData("juniper_screenos", "fw1-> ", "work", "fw1")]
    [InlineData("juniper_screenos", "fw1(M)->", "work", "fw1")]
    [InlineData("frr", "router-1# ", "privileged", "router-1")]
    [InlineData("frr_vty", "router-1> ", "user", "router-1")]
    [InlineData("frr_vty", "router-1# ", "privileged", "router-1")]
    [InlineData("frr_vty", "router-1(config-router)# ", "config", "router-1")]
    [InlineData("linux", "debian@web-1:~$ ", "shell", "web-1")]
    [InlineData("linux", "root@web-1:/etc/frr# ", "shell", "web-1")]
    [InlineData("linux", "[admin@web-1 ~]$ ", "shell", "web-1")]
    [InlineData("linux", "[trigger:0]# ", "shell", "trigger")]
    [InlineData("linux", "$ ", "shell", "")]
    [InlineData("linux", "# ", "shell", "")]
    [InlineData("hp_procurve", "sw1# ", "privileged", "sw1")]
    [InlineData("hp_procurve", "sw1(vlan-10)# ", "config", "sw1")]
    [InlineData("hp_comware", "<sw1>", "user", "sw1")]
    [InlineData("hp_comware", "[sw1-Vlan-interface1]", "system", "sw1-Vlan-interface1")]
    [InlineData("huawei_vrp", "HRP_M<fw1>", "user", "fw1")]
    [InlineData("huawei_vrp", "[~ce-1]", "system", "ce-1")]
    [InlineData("aruba_os", "(Aruba7010) #", "privileged", "Aruba7010")]
    [InlineData("aruba_os", "(mm-1) [mynode] (config) #", "config", "mm-1")]
    [InlineData("aruba_aoscx", "cx-1(config-if)# ", "config", "cx-1")]
    [InlineData("dell_os9", "s4810(conf-if-te-0/1)#", "config", "s4810")]
    [InlineData("dell_os10", "s5248(conf-if-eth1/1/1)# ", "config", "s5248")]
    [InlineData("dell_powerconnect", "console#", "privileged", "console")]
    [InlineData("brocade_fastiron", "telnet@FCX#", "privileged", "FCX")]
    [InlineData("brocade_fastiron", "SSH@FCX(config-if-e1000-1/1/1)#", "config", "FCX")]
    [InlineData("brocade_netiron", "telnet@mlx-1>", "user", "mlx-1")]
    [InlineData("brocade_nos", "sw0# ", "privileged", "sw0")]
    [InlineData("f5_tmsh", "admin@(bigip1)(cfg-sync Standalone)(Active)(/Common)(tmos)#  ", "tmsh", "bigip1")]
    [InlineData("paloalto_panos", "admin@fw1> ", "operational", "fw1")]
    [InlineData("mrv_lx", "MRV OptiSwitch 1 >>", "privileged", "MRV OptiSwitch 1")]
    [InlineData("avocent", "admin-0->", "cli", "admin-0")]
    [InlineData("cumulus_linux", "cumulus@switch# ", "shell", "switch")]
    [InlineData("pica8", "admin@switch> ", "operational", "switch")]
    [InlineData("netscaler", "> ", "work", "")]
    public void match_its_prompts_and_find_the_host(string id, string prompt, string mode, string host)
    {
        var matched = Catalog.Get(id).Modes.Where(candidate => candidate.Prompt.IsMatch(prompt)).ToList();

        Assert.Equal(mode, Assert.Single(matched).Name);
        Assert.Equal(host, matched[0].Prompt.Match(prompt).Groups["host"].Value);
    }

    [Theory]
    [InlineData("juniper_junos", "Flags: <Sync RSync>")]
    [InlineData("juniper_junos", "<rpc-reply xmlns:junos=\"http://xml.juniper.net/junos/15.1/junos\">")]
    [InlineData("juniper_junos", "<output>")]
    [InlineData("cisco_ios", "# This is a comment in output")]
    [InlineData("cisco_ios", "some leading text device-name# ")]
    [InlineData("cisco_ios", "Description: Traffic >1Gbps")]
    [InlineData("cisco_ios", "<output>")]
    [InlineData("cisco_ios", "  * 10.0.0.0/8 > ")]
    [InlineData("cisco_ios", "Password: ")]
    [InlineData("cisco_ios", "")]
    [InlineData("frr_vty", "Hello, this is FRRouting (version 8.4.4).")]
    [InlineData("linux", "debian@web-1:~$ unset PROMPT_COMMAND; PS1='[trigger:$?]# '")]
    [InlineData("linux", "100% [=====>] 3,000")]
    public void do_not_match_output(string id, string line) =>
        Assert.DoesNotContain(Catalog.Get(id).Modes, mode => mode.Prompt.IsMatch(line));

    [Fact]
    public void carry_a_shells_exit_status_in_the_prompt()
    {
        var shell = Catalog.Get("linux");
        Assert.Equal("127", shell.Modes[0].Prompt.Match("[trigger:127]# ").Groups["status"].Value);
        Assert.Equal("", shell.Modes[0].Prompt.Match("root@web-1:~# ").Groups["status"].Value);
        Assert.Equal("0", shell.StatusOk);
    }

    [Theory]
    [InlineData("cisco_ios", "% Invalid input detected at '^' marker.")]
    [InlineData("cisco_ios", "% Incomplete command.")]
    [InlineData("cisco_ios", "% Ambiguous command:  \"sh\"")]
    [InlineData("cisco_ios", "%Error opening tftp://x (No such file)")]
    [InlineData("cisco_ios", "Command authorization failed.")]
    [InlineData("cisco_nxos", "% Invalid command at '^' marker.")]
    [InlineData("cisco_asa", "ERROR: % Invalid input detected at '^' marker.")]
    [InlineData("cisco_xr", "% Failed to commit one or more configuration items")]
    [InlineData("arista_eos", "% Invalid input")]
    [InlineData("juniper_junos", "unknown command.")]
    [InlineData("juniper_junos", "syntax error, expecting <command>.")]
    [InlineData("juniper_junos", "error: configuration check-out failed")]
    [InlineData("frr_vty", "% [STATIC] Unknown command: show foo")]
    [InlineData("frr", "% Unknown command: show foo")]
    [InlineData("frr", "% Command incomplete: show ip")]
    [InlineData("frr_vty", "% Ambiguous command.")]
    [InlineData("frr", "% Specify remote-as or peer-group commands first")]
    [InlineData("brocade_fastiron", "Invalid input -> foo")]
    [InlineData("brocade_nos", "syntax error: unknown argument.")]
    [InlineData("netscaler", "ERROR: No such command")]
    [InlineData("hp_procurve", "Invalid input: foo")]
    [InlineData("hp_comware", " % Unrecognized command found at '^' position.")]
    [InlineData("juniper_screenos", "          ^------unknown keyword foo")]
    public void see_that_a_command_was_not_accepted(string id, string line) =>
        Assert.Contains(Catalog.Get(id).Failures, failure => failure.IsMatch(line));

    [Theory]
    [InlineData("cisco_ios", "%SYS-5-CONFIG_I: Configured from console by lab on vty0")]
    [InlineData("cisco_ios", "%LINK-3-UPDOWN: Interface Gi0/1, changed state to up")]
    [InlineData("cisco_ios", "5 minute input rate 0 bits/sec, 10% Invalid")]
    [InlineData("cisco_nxos", "2026 Nov 21 %ETHPORT-5-IF_UP: Interface up")]
    [InlineData("frr", "BGP table version is 0, local router ID is 10.0.0.1")]
    [InlineData("juniper_junos", "    Input errors: 0, Output errors: 0")]
    public void do_not_take_a_log_line_or_output_for_a_failure(string id, string line) =>
        Assert.DoesNotContain(Catalog.Get(id).Failures, failure => failure.IsMatch(line));

    [Theory]
    [InlineData("cisco_ios", "show run | include hostname", true)]
    [InlineData("cisco_ios", "sh ip int br", true)]
    [InlineData("cisco_ios", "  show version ", true)]
    [InlineData("cisco_ios", "do show version", true)]
    [InlineData("cisco_ios", "ping 10.0.0.1", true)]
    [InlineData("cisco_ios", "terminal length 0", true)]
    [InlineData("cisco_ios", "show run | redirect flash:x", false)]
    [InlineData("cisco_ios", "show run | tee flash:x", false)]
    [InlineData("cisco_ios", "show run | append flash:x", false)]
    [InlineData("cisco_ios", "show run | include x | redirect flash:x", false)]
    [InlineData("cisco_ios", "show version\nreload", false)]
    [InlineData("cisco_ios", "showreload", false)]
    [InlineData("cisco_ios", "clear counters", false)]
    [InlineData("cisco_ios", "debug ip packet", false)]
    [InlineData("cisco_ios", "copy run start", false)]
    [InlineData("cisco_nxos", "show clock ; reload", false)]
    [InlineData("cisco_nxos", "show tech-support > bootflash:x", false)]
    [InlineData("juniper_junos", "show interfaces | match up | no-more", true)]
    [InlineData("juniper_junos", "show configuration | save x", false)]
    [InlineData("linux", "uname -a", true)]
    [InlineData("linux", "ip addr show dev eth0", true)]
    [InlineData("linux", "ip addr add 10.0.0.1/8 dev lo", false)]
    [InlineData("linux", "cat x && reboot", false)]
    [InlineData("linux", "echo `reboot`", false)]
    [InlineData("linux", "echo $(reboot)", false)]
    [InlineData("linux", "rm -rf /", false)]
    public void tell_reading_from_changing(string id, string command, bool mayRepeat) => Assert.Equal(mayRepeat, Catalog.Get(id).MayRepeat(command));

    [Theory]
    [InlineData("cisco_ios", " --More-- ")]
    [InlineData("cisco_asa", "<--- More --->")]
    [InlineData("juniper_junos", "---(more 12%)---")]
    [InlineData("juniper_junos", "---(more)---")]
    [InlineData("hp_comware", "  ---- More ----")]
    [InlineData("hp_procurve", "-- MORE --, next page: Space, next line: Enter, quit: Control-C")]
    [InlineData("dell_os6", "--More-- or (q)uit")]
    [InlineData("paloalto_panos", "lines 1-24")]
    public void see_a_pager(string id, string end) => Assert.Matches(Catalog.Get(id).Pager!, "line one\r\n" + end);

    [Theory]
    [InlineData("cisco_ios", "Proceed with reload? [confirm]", "")]
    [InlineData("cisco_ios", "Destination filename [running-config]? ", "")]
    [InlineData("cisco_ios", "System configuration has been modified. Save? [yes/no]: ", "no")]
    [InlineData("cisco_ios", "Do you really want to remove these keys? [y/n]: ", "n")]
    [InlineData("dell_powerconnect", "Overwrite file [startup-config] ?[Yes/press any key for no]....", "yes")]
    [InlineData("dell_os6", "Are you sure you want to save? (y/n) ", "y")]
    [InlineData("brocade_nos", "This operation will modify your startup configuration. Do you want to continue? [y/n]:", "y")]
    [InlineData("juniper_screenos", "Configuration modified, save? [y]/n ", "n")]
    public void answer_a_question_with_care(string id, string end, string answer) =>
        Assert.Equal(answer, Catalog.Get(id).Confirmations.First(question => question.Asked.IsMatch("some text\r\n" + end)).Answer);

    [Theory]
    [InlineData("cisco_ios", "\r\nUser Access Verification\r\n\r\nUsername: ", true)]
    [InlineData("linux", "Debian GNU/Linux 12\r\ndebian login: ", true)]
    [InlineData("linux", "Last login: ", false)]
    [InlineData("brocade_fastiron", "Please Enter Login Name  : ", true)]
    [InlineData("dell_powerconnect", "User Name:", true)]
    [InlineData("cisco_ios", "User: see the wiki for access\r\nrouter>", false)]
    public void ask_for_the_user_name_only_at_the_end(string id, string text, bool asks) => Assert.Equal(asks, Catalog.Get(id).Login.UserName.IsMatch(text));

    [Theory]
    [InlineData("cisco_ios", "% Authentication failed")]
    [InlineData("cisco_ios", "% Login invalid")]
    [InlineData("cisco_ios", "% Bad passwords")]
    [InlineData("linux", "Login incorrect")]
    [InlineData("frr_vty", "% Bad passwords, too many failures!")]
    public void see_a_refused_login(string id, string line) => Assert.Matches(Catalog.Get(id).Login.Refused, $"\r\n{line}\r\n\r\nUsername: ");

    [Fact]
    public void do_not_take_a_notice_for_a_refused_login() =>
        Assert.DoesNotMatch(Catalog.Get("cisco_ios").Login.Refused, "Unauthorized access denied by law.\r\nPassword: ");

    // The built-in patterns are built with the engine that can backtrack; this is the proof that they do not do it without end.
    [Fact]
    public void cost_little_on_hostile_text()
    {
        string[] hostile =
        [
            new(' ', 1000), new('a', 1000), new('#', 1000), new('-', 1000), new('(', 1000), new('[', 1000), new('@', 1000), new('/', 1000),
            string.Concat(Enumerable.Repeat("a ", 500)), string.Concat(Enumerable.Repeat("a@a:", 250)), string.Concat(Enumerable.Repeat("# ", 500)),
            string.Concat(Enumerable.Repeat("(a)", 300)), string.Concat(Enumerable.Repeat("--more-- ", 100)), string.Concat(Enumerable.Repeat("a|include ", 100)),
            string.Concat(Enumerable.Repeat("password for ", 80)), string.Concat(Enumerable.Repeat("press any key ", 80)) + new string(' ', 500) + "\nx",
            "show " + string.Concat(Enumerable.Repeat("| include a ", 90)) + "|",
        ];
        foreach (var platform in Catalog.Ids.Select(Catalog.Get))
        {
            foreach (var pattern in PatternsOf(platform))
            {
                foreach (var text in hostile)
                    _ = pattern.Match(text + "!"); // Throws RegexMatchTimeoutException after a second.
            }
        }
    }

    private static IEnumerable<Regex> PatternsOf(Platform platform) =>
    [
        .. platform.Modes.Select(mode => mode.Prompt), .. platform.Failures, .. platform.Confirmations.Select(question => question.Asked),
        .. platform.Login.Questions.Select(question => question.Asked), platform.Login.UserName, platform.Login.Password, platform.Login.Refused, platform.Reads,
        .. new[] { platform.Pager, platform.Enable?.Password, platform.Enable?.Refused, platform.Enable?.UserName }.OfType<Regex>(),
    ];
}
