using Trigger.Devices.Settings;
using Trigger.Hocon;

namespace Trigger.Tests.Devices.Settings;

public sealed class Settings_of_a_user : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trigger-settings").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void have_a_default_and_an_explanation_for_every_key_and_no_other()
    {
        var reference = Config.Parse(TriggerSettings.Reference, "reference");

        Assert.Equal(SettingKey.All.Select(key => "trigger." + key.Path).Order(), Leaves(reference.Root.Fields, "").Order());
        Assert.Empty(Load().Mistakes);
        Assert.All(Load().All, value => Assert.True(value.IsDefault));
        var lines = TriggerSettings.Reference.Split('\n');
        Assert.DoesNotContain(Enumerable.Range(1, lines.Length - 1), index => lines[index].Contains(" = ", StringComparison.Ordinal) && !lines[index].TrimStart().StartsWith('#') && lines[index - 1].Length == 0);
    }

    [Fact]
    public void lie_in_layers_and_each_value_knows_its_place()
    {
        var user = File_("user.conf", "trigger.run.parallel = 7");
        var machine = File_("machine.conf", "trigger.run { parallel = 9\n timeout = 2 minutes }");

        var settings = Load([user, machine], ("TRIGGER_SETTING__run__login_timeout", "1500ms"), ("TRIGGER_INVENTORY", "lab.csv"));

        Assert.Empty(settings.Mistakes);
        Assert.Equal(("7", $"{user}:1"), (settings.Text("run.parallel"), From(settings, "run.parallel")));
        Assert.Equal(("120s", $"{machine}:2"), (settings.Text("run.timeout"), From(settings, "run.timeout")));
        Assert.Equal(("1500ms", "environment TRIGGER_SETTING__run__login_timeout"), (settings.Text("run.login-timeout"), From(settings, "run.login-timeout")));
        Assert.Equal(("lab.csv", "environment TRIGGER_INVENTORY"), (settings.Texts("inventory.sources").Single(), From(settings, "inventory.sources")));
        Assert.Equal(("3", "default"), (settings.Text("run.auth-failures"), From(settings, "run.auth-failures")));
    }

    [Fact]
    public void can_be_taken_back_to_nothing_by_the_layer_above()
    {
        var user = File_("user.conf", "trigger.run.timeout = null");
        var machine = File_("machine.conf", "trigger.run.timeout = 5s");

        Assert.Null(Load([user, machine]).Text("run.timeout"));
    }

    [Fact]
    public void count_paths_from_the_file_they_stand_in()
    {
        var file = File_("a.conf", "trigger { inventory.sources = [lab.csv, ~/x.csv, \"https://cmdb/devices\", /etc/y.json], state = st }");

        var settings = Load([file]);

        Assert.Equal([Path.Combine(folder, "lab.csv"), "/home/me/x.csv", "https://cmdb/devices", "/etc/y.json"], settings.Texts("inventory.sources"));
        Assert.Equal(Path.Combine(folder, "st"), settings.Text("state"));
    }

    [Fact]
    public void tell_everything_that_is_wrong_at_once_and_fall_back_to_the_defaults()
    {
        var file = File_("a.conf", """
            trigger {
              run.paralel = 5
              run.timeout = 30
              run.parallel = many
              ssh.unknown-hosts = acept
              lab.devices = 20001
              connect.linger = 25h
              inventory.any-status = perhaps
              state { a = 1 }
            }
            """);

        var settings = Load([file], ("TRIGGER_SETTING__detect__parallel", "0"));

        Assert.Equal(9, settings.Mistakes.Count);
        Assert.Contains($"{file}:2: there is no setting trigger.run.paralel. Did you mean trigger.run.parallel?", settings.Mistakes);
        Assert.Contains($"{file}:3: trigger.run.timeout is 30 and has no unit; write 30s or 30ms.", settings.Mistakes);
        Assert.Contains($"{file}:5: trigger.ssh.unknown-hosts is \"acept\"; it must be refuse or record.", settings.Mistakes);
        Assert.Contains("environment TRIGGER_SETTING__detect__parallel: trigger.detect.parallel is 0; it must be from 1 to 1000.", settings.Mistakes);
        Assert.Equal(("100", "refuse", "20"), (settings.Text("run.parallel"), settings.Text("ssh.unknown-hosts"), settings.Text("detect.parallel")));
    }

    [Theory]
    [InlineData("password")]
    [InlineData("enablePW")]
    [InlineData("api-token")]
    [InlineData("sshPassphrase")]
    [InlineData("snmp-community")]
    public void refuse_secrets_without_repeating_them(string key)
    {
        var file = File_("a.conf", $"trigger.credentials {{ {key} = hunter2 }}\nothers {{ inner.{key} = hunter2 }}");

        var settings = Load([file]);

        Assert.Equal(2, settings.Mistakes.Count);
        Assert.All(settings.Mistakes, mistake => Assert.Contains("trigger credentials set", mistake, StringComparison.Ordinal));
        Assert.DoesNotContain(settings.Mistakes, mistake => mistake.Contains("hunter2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("trigger.run = 7")]
    [InlineData("trigger.run = null")]
    [InlineData("trigger = []")]
    public void refuse_a_value_where_settings_belong_and_keep_all_defaults(string text)
    {
        var settings = Load([File_("a.conf", text)]);

        Assert.Contains("holds settings and is none itself", Assert.Single(settings.Mistakes), StringComparison.Ordinal);
        Assert.Equal("100", settings.Text("run.parallel"));
    }

    [Fact]
    public void refuse_a_variable_that_refers_to_what_is_not_there()
    {
        var settings = Load(null, ("TRIGGER_SETTING__inventory__sources", "[${nowhere}]"));

        Assert.Contains("$TRIGGER_SETTING__inventory__sources: ${nowhere} leads nowhere", Assert.Single(settings.Mistakes), StringComparison.Ordinal);
        Assert.Empty(settings.Texts("inventory.sources"));
    }

    [Fact]
    public void survive_any_text()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var pieces = new[] { "trigger", ".", "run", "{", "}", "parallel", "=", "7", "\n", "[", "]", "\"", "${", "include", " ", "timeout", "~/", "state", "null", ",", "$" };
        for (var round = 0; round < 1_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => pieces[random.Next(pieces.Length)]));
            var settings = Load([File_("f.conf", text)], ("TRIGGER_SETTING__" + text.Replace('=', '_').Replace('\0', '_'), text));
            Assert.True(settings.Text("run.parallel") is not null, $"seed {seed}, round {round}: {text}");
        }
    }

    private static TriggerSettings Load(IReadOnlyList<string>? files = null, params (string Name, string Value)[] variables) =>
        TriggerSettings.Load(files ?? [], variables.ToDictionary(pair => pair.Name, pair => pair.Value), "/home/me");

    private static string From(TriggerSettings settings, string key) => settings.All.Single(value => value.Path == "trigger." + key).From;

    private static IEnumerable<string> Leaves(IEnumerable<KeyValuePair<string, ConfigValue>> fields, string above) =>
        fields.SelectMany(pair => pair.Value.Kind == ConfigValueKind.Fields ? Leaves(pair.Value.Fields, $"{above}{pair.Key}.") : [above + pair.Key]);

    private string File_(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
