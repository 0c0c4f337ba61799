using Trigger.Devices.Acls;
using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;

namespace Trigger.Tests.Devices.Acls;

public sealed class ACLs_on_devices : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly NetDevices inventory;

    public ACLs_on_devices()
    {
        var file = folder.Write("netdevices.csv", "nodeName,manufacturer,deviceType\ncore1.net,cisco,ROUTER\ncore2.net,cisco,ROUTER\nsw1.net,foundry,SWITCH\nfw1.net,cisco,FIREWALL\nedge1.net,juniper,ROUTER\n");
        inventory = NetDevices.Load([file], PlatformCatalog.Load()).Devices;
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void are_those_put_there_by_name_and_those_that_the_policy_gives()
    {
        var acls = Associations(("core1.net", "10.special"), ("core1.net", "118"), ("gone.net", "1"));

        Assert.Equal("10.special 118 / 117 118 119 / 10.special 117 118 119", Told(acls, "core1.net"));
        Assert.Equal(" / 10 117 118 119 / 10 117 118 119", Told(acls, "core2.net"));
        Assert.Equal(" / 118 119 / 118 119", Told(acls, "sw1.net"));
        Assert.Equal(" /  / ", Told(acls, "fw1.net"));
        Assert.Equal(["core1.net", "core2.net"], acls.ByAcl["117"].Select(device => device.Name));
        Assert.Equal(["118", "119"], acls.Bulk(3));
        Assert.Empty(acls.Bulk(4));
    }

    [Theory]
    [InlineData("11", false, true, false, "core1.net:117,118,119 core2.net:117,118,119 sw1.net:118,119")]
    [InlineData("11", true, true, false, "")]
    [InlineData("117", true, true, false, "core1.net:117 core2.net:117")]
    [InlineData("CORE2", false, false, true, "core2.net:10,117,118,119")]
    [InlineData("core2", true, false, true, "")]
    public void are_found_by_their_names_or_those_of_devices(string word, bool exact, bool acl, bool device, string expected) =>
        Assert.Equal(expected, string.Join(' ', Associations().Matching(inventory, [word], exact, acl, device).Select(found => $"{found.Device}:{string.Join(',', found.Acls)}")));

    [Fact]
    public void have_a_policy_of_which_all_mistakes_are_told()
    {
        var mistakes = new List<string>();

        var file = folder.Write("autoacl.conf", "autoacl = [\n{ devices = \"vendor=cisco\", acl = [x] }\n{ devices = \"venndor=cisco\", acls = [x] }\n]\nother = 1");

        Assert.Null(AutoAcl.ReadFile(file, inventory, new SelectionContext(), mistakes));
        Assert.Equal(4, mistakes.Count);
        Assert.All(mistakes, mistake => Assert.StartsWith(file + ":", mistake, StringComparison.Ordinal));
        Assert.Contains(mistakes, mistake => mistake.Contains("did you mean acls", StringComparison.Ordinal));
    }

    [Fact]
    public void come_from_and_go_into_the_text_of_Trigger()
    {
        var mistakes = new List<string>();

        var found = AclCsv.Read(new StringReader("! comment\nunused,Core1.net,118:119\ncore2.net,10\n\nonly-one\na,b,c,d\nx,y z:a b\n"), "acls.csv", mistakes);

        Assert.Equal(["core1.net,118:119", "core2.net,10"], found.Select(line => AclCsv.Line(line.Device, line.Acls)));
        Assert.Equal(["acls.csv:5:", "acls.csv:6:", "acls.csv:7:"], mistakes.Select(mistake => mistake[..11]));
    }

    [Fact]
    public void survive_any_text()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => ",:\n\"!# ab\0\u00e9"[random.Next(10)])]);
            var mistakes = new List<string>();
            var found = AclCsv.Read(new StringReader(text), "f", mistakes);
            Assert.All(found, line => Assert.True(line.Acls.All(acl => AclCsv.WhyNoName(acl) is null), $"seed {seed}, round {round}"));
        }
    }

    private AclAssociations Associations(params (string, string)[] named)
    {
        var mistakes = new List<string>();
        var file = folder.Write("autoacl.conf", """
            autoacl = [
              { devices = "deviceType=FIREWALL", last = true }
              { devices = "vendor=cisco or vendor=foundry", acls = ["118", "119"] }
              { devices = "vendor=cisco", acls = ["117"] }
              { devices = "vendor=cisco deviceType=ROUTER", acls = ["10"], unless = ["10.special"] }
            ]
            """);
        var policy = AutoAcl.ReadFile(file, inventory, new SelectionContext(), mistakes);
        Assert.Empty(mistakes);
        return new AclAssociations(inventory, named, policy!);
    }

    private string Told(AclAssociations acls, string device)
    {
        var of = acls.Of(inventory[device]);
        return $"{string.Join(' ', of.Explicit)} / {string.Join(' ', of.Implicit)} / {string.Join(' ', of.All)}";
    }
}
