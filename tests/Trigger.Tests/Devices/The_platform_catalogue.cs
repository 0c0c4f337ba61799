using Trigger.Devices.Platforms;

namespace Trigger.Tests.Devices;

public sealed class The_platform_catalogue
{
    private static readonly PlatformCatalog Catalog = Platforms.BuiltIn;

    [Fact]
    public void has_no_mistakes() => Assert.Empty(Catalog.Validate());

    [Fact]
    public void knows_the_platforms_that_networks_are_made_of()
    {
        string[] wanted =
        [
            "cisco_ios", "cisco_xe", "cisco_nxos", "cisco_xr", "cisco_asa", "arista_eos", "juniper_junos", "juniper_screenos", "frr", "frr_vty", "linux",
            "hp_procurve", "hp_comware", "aruba_os", "aruba_aoscx", "dell_os6", "dell_os9", "dell_os10", "dell_powerconnect", "brocade_fastiron",
            "ruckus_fastiron", "brocade_netiron", "brocade_nos", "a10", "netscaler", "f5_tmsh", "paloalto_panos", "mrv_lx", "mrv_optiswitch", "avocent",
            "cumulus_linux", "pica8", "huawei_vrp", "mikrotik_routeros", "fortinet", "vyos", "extreme_exos", "nokia_sros", "checkpoint_gaia",
        ];
        Assert.Empty(wanted.Except(Catalog.Ids));
        Assert.DoesNotContain("bases", Catalog.Ids);
        Assert.DoesNotContain("vendors", Catalog.Ids);
    }

    [Fact]
    public void names_near_platforms_for_one_that_does_not_exist()
    {
        Assert.False(Catalog.TryGet("cisco_iso", out _));
        var missing = Assert.Throws<KeyNotFoundException>(() => Catalog.Get("cisco_iso"));
        Assert.Contains("did you mean cisco_ios", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void recognises_whose_prompt_a_line_may_be()
    {
        Assert.Contains("juniper_junos", Catalog.Recognise("admin@core-1> "));
        Assert.Contains("huawei_vrp", Catalog.Recognise("<core-1>"));
        Assert.DoesNotContain("cisco_ios", Catalog.Recognise("<core-1>"));
        Assert.Empty(Catalog.Recognise("it was a dark and stormy night"));
    }

    [Fact]
    public void lets_a_user_override_and_add_without_a_compiler()
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine.conf", """
            cisco_ios { limits.command = 5m }
            acme_os = ${cisco_ios} {
              title = "Acme OS"
              modes.privileged { prompt = "(?<host>[\\w.\\-]+)!", shown = "%h!", examples = [] }
            }
            vendors.acme { platform = acme_os, manufacturers = ["ACME INC."] }
            """);

        var catalog = PlatformCatalog.Load(folder.Path);

        Assert.Empty(catalog.Validate());
        Assert.Equal(TimeSpan.FromMinutes(5), catalog.Get("cisco_ios").Limits.Command);
        Assert.Equal(TimeSpan.FromMinutes(5), catalog.Get("acme_os").Limits.Command);
        Assert.Equal("core", catalog.Get("acme_os").Modes.Single(mode => mode.Name == "privileged").Prompt.Match("core!").Groups["host"].Value);
        Assert.Equal("acme_os", catalog.VendorRules.PlatformOf(catalog.VendorRules.VendorOf("Acme Inc."), "ROUTER", null, null));
    }

    [Fact]
    public void reports_every_mistake_of_every_file_together()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.conf", """
            one = ${bases.ios_like} {
              vendor = acme
              pagr = "x"
              modes.user.prompt = "("
              work-mode = root
              limits.settle = soon
            }
            """);
        folder.Write("b.conf", "two { title = Two }\nthree = ${bases.ios_like} { vendor = acme, modes.user.shown = \"%h!\" }\nvendors.acme.platform = acme_so");

        var mistakes = PlatformCatalog.Load(folder.Path).Validate();

        string a = Path.Combine(folder.Path, "a.conf"), b = Path.Combine(folder.Path, "b.conf");
        Assert.Contains(mistakes, mistake => IsAt(mistake, $"{a}:3:", "one has no key 'pagr'; did you mean pager?"));
        Assert.Contains(mistakes, mistake => IsAt(mistake, $"{a}:4:", "one.modes.user.prompt is not a regular expression"));
        Assert.Contains(mistakes, mistake => IsAt(mistake, $"{a}:5:", "one.work-mode is \"root\", which is none of its modes: user, privileged, config."));
        Assert.Contains(mistakes, mistake => IsAt(mistake, $"{a}:6:", "one.limits: settle is \"soon\", which is not a duration"));
        Assert.Contains(mistakes, mistake => IsAt(mistake, $"{b}:1:", "two has no vendor"));
        Assert.Contains(mistakes, mistake => IsAt(mistake, $"{b}:1:", "two has no modes"));
        Assert.Contains(mistakes, mistake => IsAt(mistake, $"{b}:2:", "three: the prompt 'core-1.ams!' of mode user is not matched"));
        Assert.Contains(mistakes, mistake => mistake.Contains("vendors.acme names the platform 'acme_so'", StringComparison.Ordinal));
    }

    [Fact]
    public void finds_a_pattern_that_a_hostile_line_would_keep_busy()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.conf", """
            slow = ${bases.ios_like} {
              vendor = acme
              failures = ["(?=\\w)(\\w+ ?)*!$"]
            }
            fast = ${bases.ios_like} {
              vendor = acme
              failures = ["(\\w+ ?)*!$", "^% ?(?:Invalid|Bad)", "(?<!x)% Bad"]
            }
            """);

        var mistakes = PlatformCatalog.Load(folder.Path).Validate();

        Assert.Contains(mistakes, mistake => mistake.Contains("slow.failures needs a lookaround", StringComparison.Ordinal) && mistake.Contains("a.conf:3", StringComparison.Ordinal));
        Assert.DoesNotContain(mistakes, mistake => mistake.Contains("fast.failures", StringComparison.Ordinal));
    }

    [Fact]
    public void tells_where_each_value_comes_from()
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine.conf", "cisco_ios { limits.command = 5m }");

        var values = PlatformCatalog.Load(folder.Path).Describe("cisco_ios").ToDictionary(value => value.Path);

        Assert.Equal(("5m", Path.Combine(folder.Path, "mine.conf") + ":1:30"), (values["limits.command"].Value, values["limits.command"].Origin));
        Assert.StartsWith("built-in:bases.conf:", values["modes.user.prompt"].Origin, StringComparison.Ordinal);
        Assert.StartsWith("built-in:cisco.conf:", values["title"].Origin, StringComparison.Ordinal);
    }

    // The column says where on the line, which these tests leave to the parser's own.
    private static bool IsAt(string mistake, string line, string problem) =>
        mistake.StartsWith(line, StringComparison.Ordinal) && mistake.Contains(": " + problem, StringComparison.Ordinal);

    [Fact]
    public void reports_files_that_are_not_hocon_together()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.conf", "a {");
        folder.Write("b.conf", "b = \"");

        var thrown = Assert.Throws<PlatformMistakesException>(() => PlatformCatalog.Load(folder.Path));

        Assert.Equal(2, thrown.Mistakes.Count);
        Assert.All(thrown.Mistakes, mistake => Assert.Contains(".conf:1:", mistake, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("CISCO SYSTEMS", "ROUTER", null, null, "cisco", "cisco_ios")]
    [InlineData("Cisco Systems", "SWITCH", "Nexus 9000", null, "cisco", "cisco_nxos")]
    [InlineData("cisco", "SWITCH", null, "N9K-C93180", "cisco", "cisco_nxos")]
    [InlineData("cisco", "FIREWALL", null, null, "cisco", "cisco_asa")]
    [InlineData("cisco", "ROUTER", "ASR-9010", null, "cisco", "cisco_xr")]
    [InlineData("cisco", "ROUTER", null, "ISR4331", "cisco", "cisco_xe")]
    [InlineData("JUNIPER", "ROUTER", "M40 INTERNET BACKBONE ROUTER", "M40-B-AC", "juniper", "juniper_junos")]
    [InlineData("JUNIPER", "FIREWALL", "NetScreen", null, "juniper", "juniper_screenos")]
    [InlineData("JUNIPER", "FIREWALL", null, "SSG-140", "juniper", "juniper_screenos")]
    [InlineData("JUNIPER", "FIREWALL", "SRX", "SRX340", "juniper", "juniper_junos")]
    [InlineData("NETSCREEN TECHNOLOGIES", "FIREWALL", null, null, "netscreen", "juniper_screenos")]
    [InlineData("BROCADE", "SWITCH", "VDX 6740", null, "brocade", "brocade_nos")]
    [InlineData("BROCADE", "SWITCH", null, null, "brocade", "brocade_fastiron")]
    [InlineData("BROCADE", "ROUTER", null, "MLXe-4", "brocade", "brocade_netiron")]
    [InlineData("FOUNDRY", "SWITCH", null, null, "foundry", "brocade_fastiron")]
    [InlineData("PALO ALTO NETWORKS", "FIREWALL", null, null, "paloalto", "paloalto_panos")]
    [InlineData("Hewlett Packard", "SWITCH", null, null, "hp", "hp_procurve")]
    [InlineData("CELESTICA", "SWITCH", null, null, "cumulus", "cumulus_linux")]
    [InlineData("The Arista People", "SWITCH", null, null, "arista", "arista_eos")]
    [InlineData("Silver Peak", "ROUTER", null, null, "silverpeak", "silverpeak_vxoa")]
    [InlineData("Unheard Of", "ROUTER", null, null, "unheard", null)]
    public void derives_vendor_and_platform(string manufacturer, string type, string? make, string? model, string vendor, string? platform)
    {
        Assert.Equal(vendor, Catalog.VendorRules.VendorOf(manufacturer));
        Assert.Equal(platform, Catalog.VendorRules.PlatformOf(vendor, type, make, model));
    }
}
