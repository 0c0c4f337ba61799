using Trigger.Kernel.Actor;

namespace Trigger.Tests.Kernel;

public sealed class A_path
{
    [Theory]
    [InlineData("akka://sys/user/a/b", "akka://sys", 3)]
    [InlineData("akka.tcp://sys@host:4053/user", "akka.tcp://sys@host:4053", 1)]
    [InlineData("akka.tcp://sys@[::1]:1/user#42", "akka.tcp://sys@[::1]:1", 1)]
    [InlineData("akka://sys", "akka://sys", 0)]
    public void is_read_back_from_its_text(string text, string address, int depth)
    {
        var path = ActorPath.Parse(text);

        Assert.Equal(address, path.Address.ToString());
        Assert.Equal(depth, path.Depth);
        Assert.Equal(text, path.ToSerializationFormat().TrimEnd('/'));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/user/a")]
    [InlineData("http://sys/user")]
    [InlineData("akka:///user")]
    [InlineData("akka://sys@host/user")]
    [InlineData("akka://sys@host:99999/user")]
    [InlineData("akka://sys@:1/user")]
    [InlineData("akka://sys/user#x")]
    public void is_not_read_from_what_is_none(string text)
    {
        Assert.False(ActorPath.TryParse(text, out _));
        Assert.Throws<UriFormatException>(() => ActorPath.Parse(text));
    }

    [Fact]
    public void is_never_the_reason_for_another_failure_whatever_the_text()
    {
        var seed = Random.Shared.Next();
        var dice = new Random(seed);
        const string Signs = "ak:/@#.[]-_1290 \u00e9";
        for (var round = 0; round < 20_000; round++)
        {
            var text = (round % 2 == 0 ? "akka://" : "") + new string([.. Enumerable.Range(0, dice.Next(20)).Select(_ => Signs[dice.Next(Signs.Length)])]);
            var surprise = Record.Exception(() => ActorPath.TryParse(text, out _));
            Assert.True(surprise is null, $"[{text}] of seed {seed}: {surprise}");
        }
    }

    [Fact]
    public void has_parents_by_their_depth()
    {
        var path = new RootActorPath(new Address("akka", "sys")) / "user" / "a" / "b";

        Assert.Equal("akka://sys/user", path.ParentOf(1).ToString());
        Assert.Equal("akka://sys/user/a", path.ParentOf(-1).ToString());
        Assert.Equal(path, path.ParentOf(3));
        Assert.Equal("akka.tcp://sys@h:1/user/a/b", path.ToStringWithAddress(new Address("akka.tcp", "sys", "h", 1)));
    }

    [Fact]
    public void of_a_reference_leads_back_to_it() => Assert.Equal(["user", "a"], RelativeActorPath.Unapply("user/a#12"));

    [Fact]
    public void has_an_address_that_is_ordered_by_host_and_port()
    {
        var addresses = new[] { "akka://s@b:1", "akka://s@a:2", "akka://s@a:10", "akka://s" }.Select(Address.Parse).Order(Address.Comparer);

        Assert.Equal(["akka://s", "akka://s@a:2", "akka://s@a:10", "akka://s@b:1"], addresses.Select(address => address!.ToString()));
    }
}
