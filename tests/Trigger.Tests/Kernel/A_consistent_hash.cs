using Trigger.Kernel.Routing;

namespace Trigger.Tests.Kernel;

public sealed class A_consistent_hash
{
    private static readonly string[] Nodes = ["a", "b", "c", "d", "e"];
    private static readonly string[] Keys = [.. Enumerable.Range(0, 2000).Select(n => $"key {n}")];

    [Fact]
    public void moves_only_the_keys_of_a_node_that_leaves()
    {
        var before = ConsistentHash.Create(Nodes, 50);
        var after = before - "c";

        Assert.All(Keys.Where(key => before.NodeFor(key) != "c"), key => Assert.Equal(before.NodeFor(key), after.NodeFor(key)));
        Assert.DoesNotContain("c", Keys.Select(after.NodeFor));
    }

    [Fact]
    public void gives_the_keys_back_when_the_node_returns()
    {
        var before = ConsistentHash.Create(Nodes, 50);
        var after = before - "c" + "c";

        Assert.All(Keys, key => Assert.Equal(before.NodeFor(key), after.NodeFor(key)));
    }

    [Fact]
    public void leaves_no_node_without_a_fair_part()
    {
        var ring = ConsistentHash.Create(Nodes, 100);

        Assert.All(Keys.GroupBy(ring.NodeFor), part => Assert.InRange(part.Count(), Keys.Length / 5 / 2, Keys.Length / 5 * 2));
        Assert.Equal(5, Keys.Select(ring.NodeFor).Distinct().Count());
    }

    [Fact]
    public void has_no_node_for_a_key_when_it_has_none_at_all()
    {
        var empty = ConsistentHash.Create(Array.Empty<string>(), 10);

        Assert.True(empty.IsEmpty);
        Assert.Throws<InvalidOperationException>(() => empty.NodeFor("key"));
    }
}
