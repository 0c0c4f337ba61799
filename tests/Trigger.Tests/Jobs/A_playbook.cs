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

    private Playbook? Read(string text)
    {
        var path = Path.Combine(folder.Path, "play.conf");
        File.WriteAllText(path, text);
        return Playbook.ReadFile(path, ["canary", "batch", "parallel"], mistakes);
    }
}
