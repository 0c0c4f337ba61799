using Trigger.Cli.Importing;
using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;
using Trigger.Devices.Settings;
using Trigger.Devices.Windows;
using Trigger.Notify;

namespace Trigger.Tests.Cli;

public sealed class Another_installation : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trigger-import-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void of_Trigger_is_read_without_running_it()
    {
        Write("netdevices.csv", "a.net,juniper\n");
        Write("settings.py", """
            import os
            PREFIX = '/nowhere'
            NETDEVICES_SOURCE = os.environ.get('SOURCE', os.path.join(PREFIX, 'netdevices.csv'))
            DEFAULT_TIMEOUT = 5 * 60
            TELNET_TIMEOUT=60 # seconds
            DATABASE_PASSWORD = 'hunter2'
            VENDOR_MAP = {
                'A10': 'a10', # one
            }
            def stage(a):
                DEFAULT_TIMEOUT = 1
                return "x"
            STAGE_ACLS = stage
            AUTOLOAD_BULK_THRESH = (12)
            """);
        Write("bounce.py", "X = BounceWindow(green='5-7', yellow='0-4, 8-15', red='16-23')\nSITES = {'AMS': X, 'FRA': BounceWindow(green='1', yellow='2', default='red')}\ndef bounce(device):\n    return X\n");
        var plan = new ImportPlan();

        new TriggerImport(plan, name => name == "SOURCE" ? Path.Combine(folder, "netdevices.csv") : null).Take(folder);

        var settings = Loaded(plan);
        Assert.Equal(("300s", "60s", "12"), (settings.Text("run.timeout"), settings.Text("run.login-timeout"), settings.Text("acl.bulk-threshold")));
        Assert.Equal([Path.Combine(folder, "netdevices.csv")], settings.Texts("inventory.sources"));
        Assert.Contains(plan.Left, left => left.Contains("settings.py:10: def", StringComparison.Ordinal));
        Assert.Contains(plan.Left, left => left.Contains("settings.py:13: STAGE_ACLS", StringComparison.Ordinal));
        Assert.Contains(plan.Left, left => left.Contains("settings.py:7: VENDOR_MAP: what is peculiar", StringComparison.Ordinal));
        Assert.DoesNotContain(plan.Left.Concat(plan.Files.Select(file => file.Text)), text => text.Contains("hunter2", StringComparison.Ordinal));

        var inventory = NetDevices.Load([Write("sites.csv", "nodeName,manufacturer,site\na,cisco,AMS\nb,cisco,FRA\nc,cisco,LON\n")], PlatformCatalog.Load()).Devices;
        var mistakes = new List<string>();
        var windows = BounceWindows.ReadFile(Write("windows.conf", plan.Files.Single(file => file.Name == "windows.conf").Text), inventory, mistakes);
        Assert.Empty(mistakes);
        Assert.NotEqual(windows!.Of(inventory["a"]).ByHour, windows.Of(inventory["b"]).ByHour);
        Assert.Equal(windows.Of(inventory["a"]).ByHour, windows.Of(inventory["c"]).ByHour);
    }

    [Fact]
    public void of_Trigger_gives_its_lists_and_its_people_too()
    {
        Write("netdevices.json", """[{"nodeName": "a", "manufacturer": "JUNIPER"}]""");
        Write("settings.py", """
            NETDEVICES_SOURCE = '/etc/nowhere/netdevices.json'
            INTERNAL_NETWORKS = [IPy.IP("10.0.0.0/8"), '192.0.2.0/24']
            JUNIPER_FULL_COMMIT_FIELDS = {'deviceType': 'SWITCH', 'make': 'EX 4200'}
            VIPS = {'10.0.0.5': '203.0.113.5'}
            BULK_MAX_HITS = {'118': 3}
            AUTOLOAD_BLACKLIST = ['118', 'edge']
            SUCCESS_EMAILS = []
            FAILURE_EMAILS = ['noc@example.net']
            FAILURE_RECIPIENTS = ['noc@example.net', 'me@example.net']
            EMAIL_SENDER = 'trigger@example.net'
            """);
        var plan = new ImportPlan();

        new TriggerImport(plan, _ => null).Take(folder);

        var settings = Loaded(plan);
        Assert.Equal([Path.Combine(folder, "netdevices.json")], settings.Texts("inventory.sources"));
        Assert.Equal(["10.0.0.0/8", "192.0.2.0/24"], settings.Texts("internal-networks"));
        Assert.Equal("deviceType='SWITCH' make='EX 4200'", settings.Text("full-commit"));
        Assert.Equal(["10.0.0.5 = 203.0.113.5"], settings.Texts("file-server.vips"));
        Assert.Equal(["118 = 3"], settings.Texts("acl.bulk-limits"));
        Assert.Equal(["118", "edge"], settings.Texts("acl.blacklist"));
        Assert.Contains(plan.Left, left => left.Contains("does not exist here", StringComparison.Ordinal));
        Assert.DoesNotContain(plan.Left, left => left.Contains("SUCCESS_EMAILS", StringComparison.Ordinal) || left.Contains("nothing like it", StringComparison.Ordinal));

        var mistakes = new List<string>();
        using var desk = NotificationSettings.ReadFile(Write("notifications.conf", plan.Files.Single(file => file.Name == "notifications.conf").Text), mistakes, TimeProvider.System);
        Assert.Empty(mistakes);
        Assert.True(desk.HasListeners);
    }

    [Fact]
    public void of_Ansible_gives_its_settings_and_inventory()
    {
        Write("ansible.cfg", "[defaults]\ninventory = hosts, missing\nforks=50 ; many\ntimeout = 20\nhost_key_checking = False\nremote_user = net\nvault_password_file = x\n[ssh_connection]\nssh_args = -o ProxyJump=b\n");
        Write("hosts", "[all]\nr1\n");
        Write("group_vars/all.yml", "$ANSIBLE_VAULT;1.1;AES256\n616263\n");
        var plan = new ImportPlan();

        new AnsibleImport(plan).Take(folder);

        var settings = Loaded(plan);
        Assert.Equal(("50", "20s", "record", "net"), (settings.Text("run.parallel"), settings.Text("run.login-timeout"), settings.Text("ssh.unknown-hosts"), settings.Text("credentials.user")));
        Assert.Equal([Path.Combine(folder, "hosts"), Path.Combine(folder, "missing")], settings.Texts("inventory.sources"));
        Assert.Contains(plan.Left, left => left.Contains("missing does not exist", StringComparison.Ordinal));
        Assert.Contains(plan.Left, left => left.Contains("all.yml: sealed by Ansible's vault", StringComparison.Ordinal));
        Assert.Contains(plan.Left, left => left.Contains("ssh_config", StringComparison.Ordinal));
    }

    [Fact]
    public void of_RANCID_is_its_tree_and_its_logins_by_a_command_of_their_own()
    {
        Write("group1/router.db", "r1;cisco;up\n");
        Write(".cloginrc", "add user * admin\nadd password * {hunter2} {hunter3}\nadd user *.ams.net ams\nadd method core* telnet\n");
        var plan = new ImportPlan();

        new RancidImport(plan, "/nowhere").Take(folder);

        Assert.Equal([folder], Loaded(plan).Texts("inventory.sources"));
        Assert.Contains(plan.Next, next => next.StartsWith($"trigger credentials import {Path.Combine(folder, ".cloginrc")}", StringComparison.Ordinal));
        Assert.Contains(plan.Left, left => left.Contains(".cloginrc:4: method for core*", StringComparison.Ordinal));
        Assert.DoesNotContain(plan.Next.Concat(plan.Left), text => text.Contains("hunter", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("A = 'x' \"y\" r'\\n'", "xy\\n")]
    [InlineData("A = '''a\n'b' '''", "a\n'b' ")]
    [InlineData("A = ('x' + # c\n  'y')", "xy")]
    [InlineData("A = os.path.join('/a', 'b')", "/a/b")]
    [InlineData("B = 'q'\nA = B + '/z'", "q/z")]
    [InlineData("A = u'\\t'", "\t")]
    [InlineData("A = foo.bar('x')[0]", null)]
    [InlineData("A = 'x' if y else 'z'", null)]
    [InlineData("A = [x for x in y]", null)]
    [InlineData("A = 'never ends", null)]
    public void of_Python_is_what_its_text_says(string text, string? expected) =>
        Assert.Equal(expected, PythonSettings.Read(text, _ => null).Values.TryGetValue("A", out var found) ? (found.Value as PythonValue.Text)?.Value : null);

    [Fact]
    public void of_Python_may_be_any_text()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var pieces = new[] { "A", " = ", "'", "\"\"\"", "(", ")", "[", "]", "{", "}", ":", ",", "\n", "  ", "#", "\\", "5", "*", "+", "os.path.join", "=", "def", "r", "BounceWindow(green=" };
        for (var round = 0; round < 2000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => pieces[random.Next(pieces.Length)]));
            var failure = Record.Exception(() => PythonSettings.Read(text, _ => null));
            Assert.True(failure is null, $"seed {seed}, round {round}: {failure}\n{text}");
        }

        Assert.NotNull(PythonSettings.Read("A = " + new string('(', 100_000), _ => null));
        Assert.NotNull(PythonSettings.Read("A = " + string.Concat(Enumerable.Repeat("[{(", 100_000)), _ => null));
    }

    private TriggerSettings Loaded(ImportPlan plan)
    {
        var settings = TriggerSettings.Load([Write("trigger.conf", plan.Files.First(file => file.Name == "trigger.conf").Text)], new Dictionary<string, string>(), "/home/me");
        Assert.Empty(settings.Mistakes);
        return settings;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
