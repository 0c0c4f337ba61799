using Trigger.Devices.Inventory;

namespace Trigger.Tests.Devices;

public sealed class A_selection_of_groups_and_choices : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("core1 or site=FRA", "core1 edge2")]
    [InlineData("site=AMS vendor=cisco or site=FRA", "core1 edge2")]
    [InlineData("(site=AMS or site=LON) vendor=arista", "edge1")]
    [InlineData("(core1 edge2) or (vendor=arista site=AMS)", "core1 edge1 edge2")]
    [InlineData("not (site=AMS or site=FRA)", "core2")]
    [InlineData("not (not (site=AMS))", "core1 edge1")]
    [InlineData("(name~^(core|edge)1$)", "core1 edge1")]
    [InlineData("((core1))", "core1")]
    [InlineData("group=spine", "core1 core2")]
    [InlineData("spine site=AMS", "core1")]
    [InlineData("group!=spine", "edge1 edge2")]
    [InlineData("not spine", "edge1 edge2")]
    [InlineData("group=sp*", "core1 core2")]
    [InlineData("mine", "core1 edge1")]
    [InlineData("group=both not core2", "core1 edge1")]
    [InlineData("@LIST", "core2 edge1")]
    [InlineData("@LIST site=AMS", "edge1")]
    [InlineData("core1 @LIST", "core1 core2 edge1")]
    [InlineData("site=\"AMS\" or 'edge2'", "core1 edge1 edge2")]
    public void chooses_devices(string text, string names)
    {
        var list = folder.Write("list.txt", "# mine\ncore2\n\n  EDGE1  \n");

        var result = Selection.Choose(text.Replace("LIST", list, StringComparison.Ordinal), Load(), Context);

        Assert.Empty(result.Mistakes);
        Assert.Equal(names, string.Join(' ', result.Devices.Select(device => device.Name)));
    }

    [Theory]
    [InlineData("core1 or", "Column 7: 'or' wants a term after it.")]
    [InlineData("or core1", "Column 1: 'or' wants a term before it.")]
    [InlineData("core1 or or core2", "Column 7: 'or' wants a term after it.")]
    [InlineData("(core1", "Column 1: the parenthesis that opens here is not closed.")]
    [InlineData("core1)", "Column 6: this parenthesis closes none.")]
    [InlineData("core1 ()", "Column 7: nothing stands in these parentheses.")]
    [InlineData("group=spin", "Column 1: there is no group 'spin'; did you mean spine")]
    [InlineData("circle", "in the group 'circle': in the group 'round': Column 1: the group 'circle' is defined by itself: circle > round > circle.")]
    [InlineData("@/no/such", "Column 1: /no/such cannot be read")]
    public void names_a_mistake_and_its_column(string text, string beginning)
    {
        var result = Selection.Choose(text, Load(), Context);

        Assert.Empty(result.Devices);
        Assert.StartsWith(beginning, result.Mistakes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void names_each_name_of_a_file_that_no_device_has()
    {
        var list = folder.Write("list.txt", "core1\ncor2\nnobody\n");

        var mistakes = Selection.Choose("@" + list, Load()).Mistakes;

        Assert.Equal([$"{list}:2: no device matches 'cor2'; did you mean core2?", $"{list}:3: no device matches 'nobody'"], mistakes);
    }

    [Fact]
    public void survives_whatever_is_written()
    {
        var devices = Load();
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        string[] pieces = ["(", ")", "or", "not", "core1", "site=AMS", "name~(a|b)", "spine", "\"", "'", "=", "~", ",", " ", "@", "all", "group=mine", "!=x"];
        for (var i = 0; i < 3000; i++)
        {
            var text = string.Join(random.Next(2) == 0 ? " " : "", Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            var result = Selection.Choose(text, devices, Context);
            Assert.True(result.Mistakes.Count == 0 || result.Devices.Count == 0, $"seed {seed}: {text}");
        }

        Assert.NotEmpty(Selection.Choose(new string('(', 100_000), devices).Mistakes);
    }

    private static SelectionContext Context { get; } = new()
    {
        Groups = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["mine"] = "site=AMS", ["both"] = "mine or group=spine", ["circle"] = "round", ["round"] = "circle",
        },
    };

    private NetDevices Load() => NetDevices.Load(
        [folder.Write("devices.csv", "nodeName,manufacturer,site,groups\ncore1,cisco,AMS,\"spine,dc\"\ncore2,cisco,LON,spine\nedge1,arista,AMS,leaf\nedge2,arista,FRA,leaf\n")],
        Platforms.BuiltIn).Devices;
}
