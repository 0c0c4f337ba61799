using Trigger.Kernel.Actor;
using Trigger.Kernel.Util;

namespace Trigger.Tests.Kernel;

/// <summary>What is compared by what it says: a wrong answer here goes unnoticed for long.</summary>
public sealed class Values_of_the_kernel : KernelSpec
{
    [Theory]
    [InlineData("akka://s/user/a", "akka://s/user/a", true)]
    [InlineData("akka://s/user/a", "akka://s/user/b", false)]
    [InlineData("akka://s/user/a", "akka://t/user/a", false)]
    [InlineData("akka://s/user/a", "akka://s/system/a", false)]
    [InlineData("akka://s/user/a", "akka://s/user/a/a", false)]
    [InlineData("akka://s/user", "akka.tcp://s@h:1/user", false)]
    public void include_paths(string one, string other, bool same)
    {
        Assert.Equal(same, ActorPath.Parse(one).Equals(ActorPath.Parse(other)));
        Assert.Equal(same, ActorPath.Parse(other).Equals(ActorPath.Parse(one)));
    }

    [Theory]
    [InlineData("akka.tcp://s@h:65535", true)]
    [InlineData("akka.tcp://s@h:65536", false)]
    [InlineData("akka.tcp://s@h:0", true)]
    [InlineData("akka.tcp://@h:1", false)]
    [InlineData("akka.tcp://s@:1", false)]
    [InlineData("akka.tcp://s@h", false)]
    [InlineData("akka://s", true)]
    [InlineData("akka://", false)]
    public void include_addresses_that_are_whole(string text, bool whole)
    {
        if (whole)
            Assert.Equal(text, Address.Parse(text).ToString());
        else
            Assert.ThrowsAny<Exception>(() => Address.Parse(text));
    }

    [Fact]
    public void are_ordered_as_they_compare()
    {
        var (low, high) = (new Address("akka", "a"), new Address("akka", "b"));
        Assert.True(low < high);
        Assert.False(high < low);
        Assert.True(high > low);
        Assert.False(low > high);
        var again = new Address("akka", "a");
        Assert.True(low <= again);
        Assert.True(low >= again);
        Assert.False(low < again);
        Assert.False(low > again);
        Assert.False(high <= low);
        Assert.False(low >= high);
    }

    [Fact]
    public void include_references_and_their_order()
    {
        var (a, b) = ((ActorRefBase)Spawn((_, _) => { }, "a"), (ActorRefBase)Spawn((_, _) => { }, "b"));
        Assert.True(a < b);
        Assert.False(b < a);
        Assert.True(b > a);
        Assert.False(a > b);
        Assert.True(a <= b);
        Assert.False(b <= a);
        Assert.True(b >= a);
        Assert.False(a >= b);
        Assert.True(a != b);
        Assert.False(a == b);
#pragma warning disable CS1718 // That each equals itself is what is asked.
        Assert.True(a == a && a <= a && a >= a);
        Assert.False(a < a || a > a || a != a);
#pragma warning restore CS1718
    }

    [Fact]
    public void include_selections()
    {
        var one = System.ActorSelection("/user/a");
        Assert.True(one.Equals(System.ActorSelection("/user/a")));
        Assert.False(one.Equals(System.ActorSelection("/user/b")));
        Assert.False(one.Equals(null));
        Assert.False(one.Equals(System.ActorSelection("/user/*")));
    }

    [Fact]
    public void include_options()
    {
        Assert.True(new Option<int>(1) == new Option<int>(1));
        Assert.True(new Option<int>(1) != new Option<int>(2));
        Assert.True(new Option<int>(0) != Option<int>.None);
        Assert.True(Option<int>.None == Option<int>.None);
        Assert.Equal(7, Option<int>.None.GetOrElse(7));
        Assert.Equal(1, new Option<int>(1).GetOrElse(7));
    }

    [Fact]
    public void say_who_they_are()
    {
        Assert.Equal("test", System.Name);
        var state = new FSMBase.CurrentState<int>(Probe.Ref, 3);
        Assert.Equal((Probe.Ref, 3), (state.FsmRef, state.State));
    }
}
