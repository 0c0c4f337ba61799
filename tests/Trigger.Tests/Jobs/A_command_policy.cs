using Trigger.Devices;
using Trigger.Devices.Inventory;
using Trigger.Hocon;
using Trigger.Jobs;
using Trigger.Jobs.Policing;
using Trigger.Sessions;
using Trigger.Tests.Devices;

namespace Trigger.Tests.Jobs;

public sealed class A_command_policy
{
    private const string Example = """
        policy {
          users { alice = admin, noc = viewer }
          rules = [
            { allow = ".*", roles = [admin] }
            { deny = ["reload.*", "write erase"], vendors = [cisco] }
            { allow = ["show .*", "ping .*"] }
            { allow = "(no )?shutdown", roles = [operator], platforms = [cisco_ios], devices = "site=LAB" }
            { allow = "netconf get.*" }
          ]
          default = deny
        }
        """;

    private static readonly NetDevice Field = Runs.Device("r1", site: "AMS");
    private static readonly NetDevice Lab = Runs.Device("lab1", site: "LAB");
    private static readonly NetDevice Junos = Runs.Device("j1", "juniper_junos", vendor: "juniper", site: "LAB");
    private static readonly NetDevices Inventory = new([Field, Lab, Junos]);

    [Theory]
    [InlineData(PolicyRole.Operator, "r1", "show version", true)]
    [InlineData(PolicyRole.Operator, "r1", "  SHOW   version ", true)]
    [InlineData(PolicyRole.Operator, "r1", "show", false)]
    [InlineData(PolicyRole.Operator, "r1", "reload in 5", false)]
    [InlineData(PolicyRole.Admin, "r1", "reload in 5", true)]
    [InlineData(PolicyRole.Operator, "r1", "shutdown", false)]
    [InlineData(PolicyRole.Operator, "lab1", "no shutdown", true)]
    [InlineData(PolicyRole.Viewer, "lab1", "no shutdown", false)]
    [InlineData(PolicyRole.Operator, "j1", "shutdown", false)]
    [InlineData(PolicyRole.Operator, "r1", "do shutdown", false)]
    [InlineData(PolicyRole.Admin, "r1", "show version\nreload", false)]
    public void is_decided_by_the_first_rule_that_fits_the_whole_line(PolicyRole role, string device, string command, bool allowed) =>
        Assert.Equal(allowed, Read(Example).Judge(role, Inventory.Find(device)!, SessionLanguage.CommandLine, command).Allowed);

    [Theory]
    [InlineData("get-config running", true)]
    [InlineData("<get-config xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><source><running/></source></get-config>", true)]
    [InlineData("lock candidate", false)]
    [InlineData("<reboot xmlns='x'/>", false)]
    [InlineData("get-config <", false)]
    public void judges_a_netconf_operation_by_what_it_is_and_not_by_how_it_is_written(string operation, bool allowed) =>
        Assert.Equal(allowed, Read(Example).Judge(PolicyRole.Operator, Field, SessionLanguage.Netconf, operation).Allowed);

    [Fact]
    public void knows_an_operation_s_datastore() =>
        Assert.Equal("netconf edit-config candidate", CommandPolicy.Text(SessionLanguage.Netconf, "edit-config candidate <a xmlns='x'/>"));

    [Fact]
    public void takes_everybody_for_an_operator_whom_it_does_not_name()
    {
        var policy = Read(Example);

        Assert.Equal((PolicyRole.Admin, PolicyRole.Viewer, PolicyRole.Operator), (policy.RoleOf("alice"), policy.RoleOf("noc"), policy.RoleOf("bob")));
    }

    [Fact]
    public void names_every_line_that_must_not_be_sent_with_its_rule()
    {
        var lines = RunLine.Of(Runs.Spec("show version", "reload", "shutdown"), [Field, Lab, Junos]);

        var mistakes = Read(Example).Mistakes(PolicyRole.Operator, lines).ToArray();

        Assert.Equal(4, mistakes.Length);
        Assert.Contains(mistakes, mistake => mistake.StartsWith("policy.conf:5", StringComparison.Ordinal) && mistake.Contains("'reload' is denied to operators on cisco_ios (2 devices, such as r1)", StringComparison.Ordinal));
        Assert.Contains(mistakes, mistake => mistake.StartsWith("policy.conf:10", StringComparison.Ordinal) && mistake.Contains("'shutdown' is denied to operators on cisco_ios (r1)", StringComparison.Ordinal));
        Assert.Contains(mistakes, mistake => mistake.Contains("juniper_junos (j1)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rules = [{ allow = \"a\" }]", "no default")]
    [InlineData("default = maybe", "must be allow or deny")]
    [InlineData("default = deny, rules = [{ allow = a, deny = b }]", "either allow or deny")]
    [InlineData("default = deny, rules = [{ roles = [admin] }]", "either allow or deny")]
    [InlineData("default = deny, rules = [{ allow = [] }]", "is empty")]
    [InlineData("default = deny, rules = [{ allow = \"(\" }]", "is no pattern")]
    [InlineData("default = deny, rules = [{ allow = \"(a)\\\\1\" }]", "linear time")]
    [InlineData("default = deny, rules = [{ allow = \"(?=a).*\" }]", "linear time")]
    [InlineData("default = deny, rules = [{ allow = a, roles = [root] }]", "no role 'root'")]
    [InlineData("default = deny, rules = [{ allow = a, platforms = [cisco_oss] }]", "no platform 'cisco_oss'")]
    [InlineData("default = deny, rules = [{ allow = a, vendors = [cicso] }]", "vendor 'cicso'")]
    [InlineData("default = deny, rules = [{ allow = a, devices = \"sight=AMS\" }]", "no device has a field 'sight'")]
    [InlineData("default = deny, rules = [{ alow = a }]", "no key 'alow'")]
    [InlineData("default = deny, users { bob = boss }", "no role 'boss'")]
    public void says_what_is_wrong_with_its_file_and_where(string inside, string mistake)
    {
        var mistakes = new List<string>();

        Assert.Null(CommandPolicy.Read(Config.Parse($"policy {{\n{inside}\n}}", "policy.conf"), Inventory, new SelectionContext(), Platforms.BuiltIn, mistakes));
        Assert.Contains(mistakes, found => found.StartsWith("policy.conf:", StringComparison.Ordinal) && found.Contains(mistake, StringComparison.Ordinal));
    }

    [Fact]
    public void neither_throws_nor_hangs_whatever_the_text()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var policy = Read("policy { default = allow, rules = [{ deny = [\"(a+)+b\", \"(.*)(.*)(.*)(.*)x\", \"(show|sh|\\\\w+)* ?\"] }, { allow = \".*\" }] }");
        for (var round = 0; round < 2000; round++)
        {
            var text = Text(random, round);
            foreach (var language in Enum.GetValues<SessionLanguage>())
                Assert.True(Record.Exception(() => policy.Judge(PolicyRole.Operator, Field, language, text)) is null, $"seed {seed}, round {round}");
        }
    }

    // Some that would take for ever with backtracking among many that are anything at all.
    private static string Text(Random random, int round) => round switch
    {
        0 => new string('a', 60_000),
        1 => new string('<', 5000),
        2 => string.Concat(Enumerable.Repeat("<a>", 2000)),
        _ => string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => random.Next(4) switch
        {
            0 => ((char)random.Next(0x10000)).ToString(),
            1 => "show ",
            2 => "<get-config>",
            _ => ((char)random.Next(' ', 0x7f)).ToString(),
        })),
    };

    private static CommandPolicy Read(string text)
    {
        var mistakes = new List<string>();
        var policy = CommandPolicy.Read(Config.Parse(text, "policy.conf"), Inventory, new SelectionContext(), Platforms.BuiltIn, mistakes);
        Assert.Empty(mistakes);
        return policy!;
    }
}
