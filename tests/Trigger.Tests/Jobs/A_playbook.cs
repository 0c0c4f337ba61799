using Trigger.Jobs.Plays;
using Trigger.Tests.Devices;

namespace Trigger.Tests.Jobs;

public sealed class A_playbook : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<string> mistakes = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void says_what_each_kind_of_device_is_sent_and_asked()
    {
        var book = Read("""
            name = "a change", on = "site=AMS"
            steps = [ "show clock", { send = "reload", expect = "confirm", answer = "", timeout = 5m } ]
            steps-of { juniper = [ "show system uptime" ], cisco_nxos = [ { send = "reload", answers = [ { expect = a, answer = b }, { expect = c, answer = d } ] } ] }
            init = [ "terminal width 132" ], interval = 1s, parallel = 7
            rules { canary = 1, batch = "10%" }, checks = [ "show alarms !~ MAJOR" ]
            """)!;

        Assert.Empty(mistakes);
        Assert.Equal(("a change", "site=AMS", TimeSpan.FromSeconds(1)), (book.Name, book.On, book.Interval));
        Assert.Equal(["show clock", "reload"], book.Steps.Commands);
        Assert.Equal(("confirm", "", TimeSpan.FromMinutes(5)), (book.Steps.Details![1].Answers![0].Expect, book.Steps.Details[1].Answers![0].Answer, book.Steps.Details[1].Timeout));
        Assert.Equal((0, 1, null), (book.SetOf(Runs.Device("r1", "juniper_junos", vendor: "juniper")), book.SetOf(Runs.Device("r2", "cisco_nxos")), book.SetOf(Runs.Device("r3"))));
        Assert.Equal(2, book.StepsOf[1].Value.Details![0].Answers!.Count);
        Assert.Equal(("7", "1", "10%"), (book.Words["parallel"], book.Words["canary"], book.Words["batch"]));
    }

    [Fact]
    public void tells_everything_that_is_wrong_with_it_and_where()
    {
        Assert.Null(Read("stesp = [ x ]\nsteps = [ { send = reload, expect = \"(\", answer = y }, { send = x, expect = y } ]\nrules { canaries = 1 }\nsteps-of { juniper = x }"));

        Assert.Equal(5, mistakes.Count);
        Assert.All(mistakes, mistake => Assert.Contains("play.conf:", mistake, StringComparison.Ordinal));
    }

    [Fact]
    public void in_YAML_says_the_same()
    {
        var book = Read("""
            # What a person writes.
            name: a change
            on: site=AMS
            steps:
              - show clock
              - { send: reload, expect: confirm, answer: "", timeout: 5m }
            steps-of:
              juniper: [ show system uptime ]
              cisco_nxos:
                - send: reload
                  answers:
                    - { expect: a, answer: b }
                    - { expect: c, answer: "d" }
            init: [ terminal width 132 ]
            interval: 1s
            parallel: 7
            rules: { canary: 1, batch: 10% }
            checks:
              - show alarms !~ MAJOR
            """, "play.yaml")!;

        Assert.Empty(mistakes);
        Assert.Equal(("a change", "site=AMS", TimeSpan.FromSeconds(1)), (book.Name, book.On, book.Interval));
        Assert.Equal(["show clock", "reload"], book.Steps.Commands);
        Assert.Equal(("confirm", "", TimeSpan.FromMinutes(5)), (book.Steps.Details![1].Answers![0].Expect, book.Steps.Details[1].Answers![0].Answer, book.Steps.Details[1].Timeout));
        Assert.Equal(["show system uptime"], book.StepsOf[0].Value.Commands);
        Assert.Equal(2, book.StepsOf[1].Value.Details![0].Answers!.Count);
        Assert.Equal(("7", "1", "10%"), (book.Words["parallel"], book.Words["canary"], book.Words["batch"]));
        Assert.Equal(["show alarms !~ MAJOR"], book.Checks);
    }

    [Fact]
    public void in_YAML_tells_everything_that_is_wrong_with_it_and_on_which_line()
    {
        Assert.Null(Read("# first\nstesp: [ x ]\ninterval: soon\nsteps:\n  - send: reload\n    expect: \"(\"\n    answer: y\n  - { send: x, expect: y }\nrules:\n  canaries: 1\nsteps-of:\n  juniper: x\n", "play.yml"));

        Assert.Equal([2, 3, 5, 8, 10, 12], mistakes.Select(LineOf).Order());
    }

    [Theory]
    [InlineData("steps: [ a ]\nsteps: [ b ]\n", 2)]
    [InlineData("steps: &all [ a ]\ninit: *all\n", 1, 2)]
    [InlineData("steps: [ !!python/object:os.system a ]\n", 1)]
    [InlineData("- a\n- b\n", 1)]
    [InlineData("reload\n", 1)]
    [InlineData("steps: [ a ]\n---\nsteps: [ b ]\n", 2)]
    [InlineData("steps: [ a\n", 2)]
    [InlineData("? [ a ]\n: b\n", 1)]
    public void in_YAML_is_a_page_of_plain_text(string text, params int[] lines)
    {
        Assert.Null(Read(text, "play.yaml"));

        Assert.Equal(lines, mistakes.Select(LineOf));
    }

    [Fact]
    public void in_YAML_is_no_deeper_and_no_longer_than_reason()
    {
        Assert.Null(Read($"steps: {new string('[', 100)}", "play.yaml"));
        Assert.Contains("deeper", Assert.Single(mistakes), StringComparison.Ordinal);
        mistakes.Clear();

        Assert.Null(Read($"# {new string('x', 1024 * 1024)}\nsteps: [ a ]", "play.yaml"));
        Assert.Contains("at most", Assert.Single(mistakes), StringComparison.Ordinal);
    }

    private static int LineOf(string mistake) => int.Parse(mistake.Split("play.")[1].Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);

    private Playbook? Read(string text, string name = "play.conf")
    {
        var path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, text);
        return Playbook.ReadFile(path, ["canary", "batch", "parallel"], mistakes);
    }
}
