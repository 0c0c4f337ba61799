using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary><c>trigger lab</c>, which anybody can try things out on.</summary>
public sealed class The_lab(Lab lab)
{
    [Fact]
    public async Task says_ready_answers_and_ends_when_it_is_told_to()
    {
        await using var desk = lab.Desk().As("lab", "lab").With("TRIGGER_ENABLEPW", "lab");
        var inventory = desk.File("lab.csv");
        var pretending = desk.Start(["lab", "--devices", "9", "--inventory", inventory]);
        Assert.Equal("ready", await pretending.Line());

        var ran = await desk.Start(["run", "--on", "not platform=linux", "--json", "--inventory", inventory, "--state", desk.State, "--known-hosts", desk.KnownHosts, "--accept-new", "show version"]).End();
        Assert.NotEmpty(ran.Outcomes);
        Assert.All(ran.Outcomes, o => Assert.True(o.Ok || o.Kind == "device_error", o.ToString()));
        Assert.Contains(ran.Outcomes, o => o.Ok);

        await pretending.Signal("TERM");
        (await pretending.End()).Exits(0);
    }

    [Fact]
    public async Task pretends_to_be_of_one_platform_as_often_as_asked()
    {
        await using var desk = lab.Desk().As("lab", "lab").With("TRIGGER_ENABLEPW", "lab");
        var inventory = desk.File("lab.csv");
        var pretending = desk.Start(["lab", "--devices", "12", "--platform", "arista_eos", "--protocol", "ssh", "--inventory", inventory]);
        Assert.Equal("ready", await pretending.Line());

        var ran = (await desk.Start(["run", "--on", "all", "--json", "--inventory", inventory, "--state", desk.State, "--known-hosts", desk.KnownHosts, "--accept-new", "show version"]).End()).Exits(0);

        Assert.Equal(12, ran.Outcomes.Count);
        Assert.All(ran.Outcomes, o => Assert.Equal("arista_eos", o.IsAccepted().Platform));
        await pretending.Signal("INT");
        (await pretending.End()).Exits(0);
    }
}
