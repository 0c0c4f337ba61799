using Trigger.Jobs;
using Trigger.Tests.Devices;

namespace Trigger.Tests.Jobs;

public sealed class What_a_platform_lacks_for_a_change : ChangeSpec
{
    public static TheoryData<string, string, string> Lacks => new()
    {
        { "cisco_ftd", "merge", "nobody has written down how it is changed" },
        { "cisco_ios", "diff", "it has no candidate" },
        { "frr", "diff", "it has no candidate" },
        { "frr", "replace", "cannot be replaced" },
        { "cisco_ios", "replace", "cannot be replaced" },
        { "frr", "trial", "it takes nothing back by itself" },
        { "cisco_asa", "trial", "--reload-in" },
        { "cisco_nxos", "trial", "it takes nothing back by itself" },
        { "juniper_junos", "reload", "nobody has written down how its restart is planned" },
        { "vyos", "verify", "it has no way back" },
        { "frr", "hidden", "secrets must not be masked" },
    };

    [Theory]
    [MemberData(nameof(Lacks))]
    public void is_said_before_anything_is_dialled(string platform, string wanted, string said) =>
        Assert.Contains(said, string.Join('\n', Mistakes(platform, wanted)), StringComparison.Ordinal);

    [Theory]
    [InlineData("juniper_junos", "diff")]
    [InlineData("juniper_junos", "replace")]
    [InlineData("juniper_junos", "trial")]
    [InlineData("arista_eos", "replace")]
    [InlineData("cisco_xr", "replace")]
    [InlineData("cisco_ios", "trial")]
    [InlineData("cisco_ios", "reload")]
    [InlineData("vyos", "diff")]
    [InlineData("frr", "merge")]
    [InlineData("frr", "verify")]
    public void is_nothing_where_it_has_all_that_is_asked(string platform, string wanted) => Assert.Empty(Mistakes(platform, wanted));

    [Fact]
    public void is_not_a_trial_that_is_too_long_for_it()
    {
        var plan = Nothing() with { TrialMinutes = 121 };

        Assert.Contains("its longest trial is 120 minutes", Assert.Single(ChangeRules.Mistakes(Platforms.BuiltIn.Get("cisco_ios"), plan, [Line], false)), StringComparison.Ordinal);
        Assert.Empty(ChangeRules.Mistakes(Platforms.BuiltIn.Get("cisco_ios"), plan with { TrialMinutes = 120 }, [Line], false));
    }

    [Theory]
    [InlineData("juniper_junos", "commit")]
    [InlineData("cisco_ios", "end")]
    [InlineData("cisco_ios", "write memory")]
    [InlineData("arista_eos", "Abort")]
    public void is_not_asked_of_lines_that_would_end_the_change_themselves(string platform, string line) =>
        Assert.Contains("would end the change", Assert.Single(ChangeRules.Mistakes(Platforms.BuiltIn.Get(platform), Nothing(), [Line, line], false)), StringComparison.Ordinal);

    [Fact]
    public void is_a_verification_that_only_reads() =>
        Assert.Contains("'clear counters' is not known to only read", Assert.Single(ChangeRules.Mistakes(Platforms.BuiltIn.Get("cisco_ios"), Nothing() with { Verify = [new HealthCheck("clear counters", "", true)] }, [Line], false)), StringComparison.Ordinal);

    private static IEnumerable<string> Mistakes(string platform, string wanted) => ChangeRules.Mistakes(
        Platforms.BuiltIn.Get(platform),
        wanted switch
        {
            "diff" => Nothing() with { DiffOnly = true },
            "replace" => Nothing() with { Replace = true },
            "trial" => Nothing() with { TrialMinutes = 5 },
            "reload" => Nothing() with { ReloadMinutes = 5 },
            "verify" => Nothing() with { Verify = [Passes(platform)] },
            _ => Nothing(),
        },
        [Line],
        hidesSecrets: wanted == "hidden");
}
