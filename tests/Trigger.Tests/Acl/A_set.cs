using Trigger.Acl.Values;

namespace Trigger.Tests.Acl;

/// <summary>Sets as runs beside sets as plain lists of their members.</summary>
public sealed class A_set
{
    private readonly int seed = Random.Shared.Next();

    [Fact]
    public void of_ranges_has_the_members_of_its_parts()
    {
        for (var i = 0; i < 300; i++)
        {
            var random = new Random(seed + i);
            var (left, right) = (Parts(random), Parts(random));
            var (one, other) = (RangeSet.Of(left), RangeSet.Of(right));
            for (var value = 0; value < 45; value++)
            {
                var (inLeft, inRight) = (Holds(left, value), Holds(right, value));
                Assert.True(one.Contains(value) == inLeft && one.Complement().Contains(value) != inLeft && one.Union(other).Contains(value) == (inLeft || inRight), $"seed {seed + i}: {value} and {one}");
            }

            Assert.Equal(Enumerable.Range(0, 45).All(value => !Holds(right, value) || Holds(left, value)), one.Covers(other));
            Assert.Equal(one, one.Complement().Complement());
            Assert.True(one.Runs.Zip(one.Runs.Skip(1)).All(pair => pair.First.High + 1 < pair.Second.Low), $"seed {seed + i}: {one} has runs that touch");
        }
    }

    [Fact]
    public void of_ranges_reaches_to_both_ends()
    {
        Assert.True(RangeSet.Of([(0, 5), (6, 65535)]).IsAll);
        Assert.Equal([(0, 5), (7, 65535)], RangeSet.Of([(7, 65535), (0, 5)]).Runs);
        Assert.True(RangeSet.All.Complement().IsEmpty && RangeSet.Empty.Complement().IsAll);
    }

    [Fact]
    public void of_addresses_has_the_same_members_told_one_by_one_and_as_runs()
    {
        for (var i = 0; i < 500; i++)
        {
            var random = new Random(seed + i);
            var items = Enumerable.Range(0, random.Next(1, 6)).Select(_ => AddressMatch.Prefix(Family.Inet, (UInt128)random.Next(64), random.Next(27, 33)) with { Except = random.Next(3) == 0 }).ToArray();
            var set = new AddressSet(items);
            var runs = set.Runs(Family.Inet);
            for (UInt128 address = 0; address < 70; address++)
            {
                // The longest prefix decides; of two that are as long, the exception does.
                var best = items.Where(item => item.Matches(address)).OrderByDescending(item => item.PrefixLength).ThenByDescending(item => item.Except).Cast<AddressMatch?>().FirstOrDefault();
                var expected = best is { Except: false };
                Assert.True(expected == set.Contains(Family.Inet, address) && expected == runs.Exists(run => run.Low <= address && run.High >= address), $"seed {seed + i}: {address} in {set}");
            }
        }
    }

    [Fact]
    public void of_addresses_is_the_fewest_prefixes_of_its_run()
    {
        for (var i = 0; i < 300; i++)
        {
            var random = new Random(seed + i);
            UInt128 low = (uint)random.Next(200), high = low + (uint)random.Next(200);
            var prefixes = AddressSet.Prefixes(Family.Inet, low, high).ToList();
            Assert.True(prefixes[0].Low == low && prefixes[^1].High == high && prefixes.TrueForAll(prefix => prefix.PrefixLength >= 0) && prefixes.Zip(prefixes.Skip(1)).All(pair => pair.First.High + 1 == pair.Second.Low), $"seed {seed + i}: {low}-{high}");
        }

        Assert.Equal(AddressMatch.All(Family.Inet6), Assert.Single(AddressSet.Prefixes(Family.Inet6, 0, UInt128.MaxValue)));
    }

    private static List<(int Low, int High)> Parts(Random random) => [.. Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(40) is var low ? (low, low + random.Next(6) - 1) : default)];

    private static bool Holds(List<(int Low, int High)> parts, int value) => parts.Exists(part => value >= part.Low && value <= part.High);
}
