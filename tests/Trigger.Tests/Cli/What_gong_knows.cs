using System.Collections.Frozen;
using Trigger.Cli.Input;
using Trigger.Cli.Shell;
using Trigger.Devices;
using Trigger.Devices.Inventory;

namespace Trigger.Tests.Cli;

public sealed class What_gong_knows
{
    private static readonly NetDevices Three = new([Device("core1.ams"), Device("core2.ams"), Device("edge1.fra")]);

    [Theory]
    [InlineData("edge", "edge1.fra")]
    [InlineData("core1", "core1.ams")]
    [InlineData("CORE2.AMS", "core2.ams")]
    public void finds_a_device_by_as_much_of_its_name_as_is_its_own(string text, string name) =>
        Assert.Equal(name, new DeviceChooser(TextWriter.Null, null).Choose(Three, text, new Mistakes())!.Name);

    [Fact]
    public void lets_a_person_choose_among_several()
    {
        var screen = new StringWriter();
        var answers = new Queue<string>(["x", "3", "2"]);
        Assert.Equal("core2.ams", new DeviceChooser(screen, _ => answers.Dequeue()).Choose(Three, "ams", new Mistakes())!.Name);
        Assert.Contains("2 possible matches found for 'ams':\n [ 1] core1.ams\n [ 2] core2.ams\n [ 0] Exit\n", screen.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData(null)]
    public void takes_none_when_none_is_chosen(string? answer)
    {
        var mistakes = new Mistakes();
        Assert.Null(new DeviceChooser(TextWriter.Null, _ => answer).Choose(Three, "core", mistakes));
        Assert.True(mistakes.Any);
    }

    [Theory]
    [InlineData("core", "any of 2 devices: core1.ams, core2.ams")]
    [InlineData("nothing", "no device with 'nothing'")]
    public void says_what_it_would_need_where_nobody_can_be_asked(string text, string said)
    {
        var (mistakes, screen) = (new Mistakes(), new StringWriter());
        Assert.Null(new DeviceChooser(TextWriter.Null, null).Choose(Three, text, mistakes));
        mistakes.Say(screen);
        Assert.Contains(said, screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void reads_a_vendor_s_start_up_commands_and_refuses_what_could_do_harm()
    {
        const string Gorc = "; mine\n[other]\ncisco:\n    show clock\n[init_commands]\njuniper:\n    set cli timestamp\n    show system users\n\n    ; not this\nCisco = show users\n    reload\n\tterm len 0\nfoundry:\n";
        var refused = new List<string>();
        Assert.Equal(["set cli timestamp", "show system users"], GorcFile.CommandsFor("juniper", Gorc, refused.Add));
        Assert.Equal(["show users", "term len 0"], GorcFile.CommandsFor("cisco", Gorc, refused.Add));
        Assert.Equal(["reload"], refused);
        Assert.Empty(GorcFile.CommandsFor("foundry", Gorc, refused.Add));
        Assert.Empty(GorcFile.CommandsFor("a10", Gorc, refused.Add));
        Assert.Empty(GorcFile.CommandsFor("cisco", "no ini at all", refused.Add));
    }

    [Theory]
    [InlineData("gong", "gong")]
    [InlineData("/home/bob/bin/gong", "gong")]
    [InlineData("trigger", null)]
    [InlineData("/usr/bin/trigger", null)]
    public void goes_by_the_name_it_is_called(string name, string? verb) =>
        Assert.Equal(verb is null ? ["core1"] : [verb, "core1"], CalledAs.Verb(name, ["core1"]));

    [Fact]
    public void knows_the_console_server_of_a_device()
    {
        var fields = new Dictionary<string, string?> { ["OOBTerminalServerFQDN"] = "ts1.ams", ["OOBTerminalServerTCPPort"] = "2007" };
        Assert.Equal(new ConsoleServer("ts1.ams", 2007, Protocol.Telnet), ConsoleServer.Of(Device("a", fields), null, new Mistakes()));
        Assert.Equal(new ConsoleServer("ts1.ams", 2007, Protocol.Ssh), ConsoleServer.Of(Device("a", fields), "ssh", new Mistakes()));
        fields["OOBTerminalServerTCPPort"] = "70000";
        var mistakes = new Mistakes();
        Assert.Null(ConsoleServer.Of(Device("a", fields), null, mistakes));
        Assert.Null(ConsoleServer.Of(Device("a"), null, mistakes));
        Assert.True(mistakes.Any);
    }

    [Theory]
    [InlineData("host", null, "host")]
    [InlineData("bob@host", "bob", "host")]
    [InlineData("bob@corp@[2001:db8::1]", "bob@corp", "2001:db8::1")]
    public void reads_who_and_where(string text, string? user, string host) => Assert.Equal(new SshTarget(user, host), SshTarget.Parse(text));

    private static NetDevice Device(string name, Dictionary<string, string?>? fields = null) => new()
    {
        Name = name,
        Host = name,
        Vendor = "cisco",
        Manufacturer = "CISCO",
        DeviceType = "ROUTER",
        Platform = "cisco_ios",
        Protocol = Protocol.Ssh,
        AdminStatus = "PRODUCTION",
        Fields = (fields ?? []).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
        Source = "test:1",
    };
}
