using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Persistence;
using Trigger.Kernel.Routing;
using Trigger.Kernel.Util;

namespace Trigger.Tests.Kernel;

/// <summary>What is compared part by part: each part must count, or nobody notices until two things are taken for one.</summary>
public sealed class Equalities_and_orders : KernelSpec
{
    [Fact]
    public void tell_decisions_apart_by_each_of_their_parts() => AllDiffer(
        new DeployableDecider(Directive.Restart),
        new DeployableDecider(Directive.Stop),
        new DeployableDecider(Directive.Stop, new KeyValuePair<Type, Directive>(typeof(IOException), Directive.Resume)),
        new DeployableDecider(Directive.Stop, [new KeyValuePair<Type, Directive>(typeof(IOException), Directive.Restart)]));

    [Fact]
    public void tell_resizers_apart_by_each_of_their_parts() => AllDiffer(
        new DefaultResizer(1, 5),
        new DefaultResizer(2, 5),
        new DefaultResizer(1, 6),
        new DefaultResizer(1, 5, pressureThreshold: 2),
        new DefaultResizer(1, 5, rampupRate: 0.3),
        new DefaultResizer(1, 5, backoffThreshold: 0.4),
        new DefaultResizer(1, 5, backoffRate: 0.2),
        new DefaultResizer(1, 5, messagesPerResize: 11));

    [Fact]
    public void tell_routers_apart_by_kind_size_and_paths() => AllDiffer<RouterConfig>(
        new RoundRobinPool(2),
        new RoundRobinPool(3),
        new RoundRobinPool(3, new DefaultResizer(1, 5)),
        new RandomPool(2),
        new RoundRobinGroup("/user/a"),
        new RoundRobinGroup("/user/a", "/user/b"),
        new RandomGroup("/user/a"));

    [Fact]
    public void tell_deliveries_apart_by_each_of_their_parts()
    {
        var (here, there) = (ActorPath.Parse("akka://s/user/a"), ActorPath.Parse("akka://s/user/b"));
        AllDiffer(
            new UnconfirmedDelivery(1, here, "x"),
            new UnconfirmedDelivery(2, here, "x"),
            new UnconfirmedDelivery(1, there, "x"),
            new UnconfirmedDelivery(1, here, "y"));
        AllDiffer(
            new AtLeastOnceDeliverySnapshot(1, []),
            new AtLeastOnceDeliverySnapshot(2, []),
            new AtLeastOnceDeliverySnapshot(1, [new UnconfirmedDelivery(1, here, "x")]));
        AllDiffer(new UnconfirmedWarning([]), new UnconfirmedWarning([new UnconfirmedDelivery(1, here, "x")]));
        Assert.Equal(new UnconfirmedWarning([new UnconfirmedDelivery(1, here, "x")]), new UnconfirmedWarning([new UnconfirmedDelivery(1, here, "x")]));
        Assert.Equal(new AtLeastOnceDeliverySnapshot(1, [new UnconfirmedDelivery(1, here, "x")]), new AtLeastOnceDeliverySnapshot(1, [new UnconfirmedDelivery(1, here, "x")]));

        var delivery = new AtLeastOnceDeliverySemantic.Delivery(here, "x", DateTime.UnixEpoch, 3).IncrementedCopy();
        Assert.Equal((here, "x", DateTime.UnixEpoch, 4), (delivery.Destination, (string)delivery.Message, delivery.Timestamp, delivery.Attempt));
    }

    [Fact]
    public void order_snapshots_by_number_and_then_by_time()
    {
        var early = new SnapshotMetadata("a", 1, DateTime.UnixEpoch);
        var late = new SnapshotMetadata("a", 1, DateTime.UnixEpoch.AddTicks(1));
        var next = new SnapshotMetadata("a", 2, DateTime.UnixEpoch);

        SnapshotMetadata[] shuffled = [next, late, early];
        Assert.Equal([early, late, next], shuffled.Order(SnapshotMetadata.Comparer));
        Assert.Equal(0, SnapshotMetadata.Comparer.Compare(early, new SnapshotMetadata("a", 1, DateTime.UnixEpoch)));
    }

    [Fact]
    public void order_paths_by_their_text()
    {
        var (a, b, again) = (ActorPath.Parse("akka://s/user/a"), ActorPath.Parse("akka://s/user/b"), ActorPath.Parse("akka://s/user/a"));

        Assert.True(a < b && b > a && a <= b && b >= a && a <= again && a >= again && a == again && a != b);
        Assert.False(a > b || b < a || a >= b || b <= a || a < again || a > again || a == b || a != again);
        Assert.True(a.CompareTo(null) > 0);
        Assert.True((ActorPath?)null == null);
        Assert.False(a == null);
        Assert.Equal("akka://s/user/a", a.ToStringWithUid());
        Assert.Equal("akka://s/user/a#7", a.WithUid(7).ToStringWithUid());
        Assert.Equal("akka.tcp://s@h:1/user/a#7", a.WithUid(7).ToSerializationFormatWithAddress(new Address("akka.tcp", "s", "h", 1)));
        Assert.Equal("akka.tcp://s@h:1/user/a", a.ToSerializationFormatWithAddress(new Address("akka.tcp", "s", "h", 1)));
    }

    [Fact]
    public async Task order_references_by_path_and_then_by_incarnation()
    {
        var first = Spawn((_, _) => { }, "same");
        await first.GracefulStop(Patience);
        var second = Spawn((_, _) => { }, "same");
        var other = Spawn((_, _) => { }, "zz");

        Assert.Equal(first.Path, second.Path);
        Assert.NotEqual(first, second);
        Assert.True(first.CompareTo(second) < 0 && second.CompareTo(first) > 0 && second.CompareTo(other) < 0 && first.CompareTo((IActorRef?)null) > 0);
        Assert.True(other.CompareTo(second) > 0);
        Assert.True(ActorRefs.Nobody.IsNobody() && ((IActorRef?)null).IsNobody() && !first.IsNobody());
    }

    [Fact]
    public void tell_a_value_that_is_there_from_one_that_is_not()
    {
        Assert.NotEqual(new Option<int>(0).GetHashCode(), new Option<int>(1).GetHashCode());
        Assert.Equal(0, Option<string>.None.GetHashCode());
        Assert.True(Option<string>.None.IsEmpty && !new Option<string>("x").IsEmpty);
    }

    [Fact]
    public void know_the_level_of_each_class_of_log_event_and_back()
    {
        foreach (var level in new[] { LogLevel.DebugLevel, LogLevel.InfoLevel, LogLevel.WarningLevel, LogLevel.ErrorLevel })
            Assert.Equal(level, Logging.LogLevelFor(level.StringFor()));
        Assert.Equal(
            [LogLevel.DebugLevel, LogLevel.InfoLevel, LogLevel.WarningLevel, LogLevel.ErrorLevel],
            [Logging.LogLevelFor<Debug>(), Logging.LogLevelFor<Info>(), Logging.LogLevelFor<Warning>(), Logging.LogLevelFor<Error>()]);
        Assert.Equal(typeof(Warning), LogLevel.WarningLevel.ClassFor());
        Assert.False(NoLogger.Instance.IsDebugEnabled || NoLogger.Instance.IsInfoEnabled || NoLogger.Instance.IsWarningEnabled || NoLogger.Instance.IsErrorEnabled);
    }

    [Fact]
    public void keep_what_an_event_is_stored_with()
    {
        var stored = new Persistent("event", 7, "id", "manifest", true, Probe.Ref, "writer", 42);

        Assert.Equal(("event", 7L, "id", "manifest", true, "writer", 42L), ((string)stored.Payload, stored.SequenceNr, stored.PersistenceId, stored.Manifest, stored.IsDeleted, stored.WriterGuid, stored.Timestamp));
        Assert.Equal(Probe.Ref, stored.Sender);
        Assert.Equal(("", "", false), (new Persistent("x").Manifest, new Persistent("x").WriterGuid, new Persistent("x").IsDeleted));
    }

    [Theory]
    [InlineData("{0} and {1}", "a and 7")]
    [InlineData("{Name} and {Other}", "a and 7")]
    [InlineData("{1:D3}{0}", "007a")]
    [InlineData("{Name}{Count:D2}", "a07")]
    [InlineData("{{0}} {0}", "{0} a")]
    [InlineData("{2} {-1} {", "{2} {-1} {")]
    [InlineData("}} {0}", "} a")]
    [InlineData("{} {}", "a 7")]
    [InlineData("end {", "end {")]
    [InlineData("no holes }", "no holes }")]
    public void fill_a_line_of_the_log_as_far_as_it_makes_sense(string template, string line) =>
        Assert.Equal(line, DefaultLogMessageFormatter.Instance.Format(template, ["a", 7]));

    [Fact]
    public void tell_what_actors_there_are_and_how_they_hang_together()
    {
        var top = Spawn((actor, message) => actor.Place.ActorOf(Script((_, _) => { }), (string)message), "top");
        foreach (var name in new[] { "b", "a" })
            top.Tell(name);
        Assert.True(SpinWait.SpinUntil(() => ActorTree.Of(System, "/user/top").Count == 3, Patience));

        Assert.Equal([("/user/top", 2, 0), ("/user/top/a", 0, 1), ("/user/top/b", 0, 1)], ActorTree.Of(System, "/user/top").Select(node => (node.Path, node.Children, node.Depth)));
        Assert.Equal(["/user/top/a"], ActorTree.Of(System, "/user/top/a").Select(node => node.Path));
        Assert.Equal(["/user/top"], ActorTree.Of(System, "/user/top", depth: 0).Select(node => node.Path));
        Assert.Equal(2, ActorTree.Of(System, "/user/top", most: 2).Count);
        Assert.Empty(ActorTree.Of(System, "/user/none"));
        Assert.Empty(ActorTree.Of(System, "/"));
        Assert.Contains(ActorTree.Of(System), node => node.Path == "/system");
        Assert.Throws<ArgumentNullException>(() => ActorTree.Of(null!));

        var lines = ((ExtendedActorSystem)System).PrintTree().Split(Environment.NewLine);
        Assert.Contains("-> user Guardian", lines);
        Assert.Contains("    -> top Scripted", lines);
        Assert.Contains("        -> a Scripted", lines);
        Assert.Contains("-> system Guardian", lines);
    }

    private static void AllDiffer<T>(params T[] values)
        where T : class
    {
        for (var i = 0; i < values.Length; i++)
        {
            for (var j = 0; j < values.Length; j++)
            {
                Assert.True(values[i].Equals(values[j]) == (i == j), $"{i} and {j}");
                if (i == j)
                    Assert.Equal(values[i].GetHashCode(), values[j].GetHashCode());
            }

            Assert.False(values[i].Equals(null));
            Assert.False(values[i].Equals("something else"));
        }
    }
}
