using Trigger.Kernel.Actor;

namespace Trigger.Tests.Kernel;

public sealed class An_extension : KernelSpec
{
    [Fact]
    public void is_made_once_per_system()
    {
        Assert.False(System.HasExtension<Counting>());
        Assert.False(System.TryGetExtension<Counting>(out _));
        Assert.Throws<InvalidOperationException>(() => System.WithExtension<Counting>());

        var first = System.WithExtension<Counting, CountingId>();

        Assert.Same(first, new CountingId().Get(System));
        Assert.Same(first, System.GetExtension<Counting>());
        Assert.Same(first, System.GetExtension(new CountingId()));
        Assert.True(System.HasExtension(new CountingId().ExtensionType));
        Assert.True(System.TryGetExtension<Counting>(out var known) && ReferenceEquals(first, known));
    }

    [Fact]
    public void may_be_tried_again_when_it_could_not_be_made()
    {
        var id = new FailingOnce();
        Assert.Throws<InvalidOperationException>(() => id.Get(System));

        Assert.NotNull(id.Get(System));
    }

    [Fact]
    public async Task may_have_actors_beside_the_users()
    {
        var actor = ((ExtendedActorSystem)System).SystemActorOf(Script((a, _) => a.From.Tell("here")), "aside");
        actor.Tell("x", Probe.Ref);

        await Probe.Expect("here");
        Assert.Equal("akka://test/system/aside", actor.Path.ToString());
    }

    [Fact]
    public async Task hears_of_the_end_the_latest_first()
    {
        var heard = new List<string>();
        System.RegisterOnTermination(() => heard.Add("first"));
        System.RegisterOnTermination(() => throw new InvalidOperationException("boom"));
        System.RegisterOnTermination(() => heard.Add("last"));
        await System.Terminate().WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(["last", "first"], heard);
        Assert.Throws<InvalidOperationException>(() => System.RegisterOnTermination(() => { }));
    }

    private sealed class Counting : IExtension;

    private sealed class CountingId : ExtensionIdProvider<Counting>
    {
        public override Counting CreateExtension(ExtendedActorSystem system) => new();
    }

    private sealed class FailingOnce : ExtensionIdProvider<Counting>
    {
        private bool _failed;

        public override Counting CreateExtension(ExtendedActorSystem system)
        {
            if (_failed)
                return new Counting();

            _failed = true;
            throw new InvalidOperationException("not yet");
        }
    }
}
