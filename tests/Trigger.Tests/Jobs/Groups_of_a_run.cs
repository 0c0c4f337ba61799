using Trigger.Jobs;

namespace Trigger.Tests.Jobs;

public sealed class Groups_of_a_run
{
    // load_acl: leading [0-9]*[a-z]+; its last letter is an X when there are four or more and it does not end in i or e.
    [Theory]
    [InlineData("core1-ams", "AMS", "AMS/core")]
    [InlineData("cord2-ams", "AMS", "AMS/corX")]
    [InlineData("abc1", "AMS", "AMS/abc")]
    [InlineData("wifi2", "AMS", "AMS/wifi")]
    [InlineData("edge7", "AMS", "AMS/edge")]
    [InlineData("10spine1", "AMS", "AMS/10spine")]
    [InlineData("10leaf1", "AMS", "AMS/10leaX")]
    [InlineData("core1", null, " core1")]
    [InlineData("-core1", "AMS", " -core1")]
    public void by_name_are_those_of_load_acl(string name, string? site, string group) => Assert.Equal(group, RunGroups.Of(Runs.Device(name, site: site), RunGroups.ByName));

    [Fact]
    public void by_a_field_are_its_values_and_alone_is_who_has_none()
    {
        Assert.Equal("AMS", RunGroups.Of(Runs.Device("r1", site: "AMS"), "site"));
        Assert.Equal(" r1", RunGroups.Of(Runs.Device("r1"), "site"));
        Assert.Equal("cisco", RunGroups.Of(Runs.Device("r1"), "vendor"));
        Assert.Equal("cisco_ios", RunGroups.Of(Runs.Device("r1"), "platform"));
    }
}
