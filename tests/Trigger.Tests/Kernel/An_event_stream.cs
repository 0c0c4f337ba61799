using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;

namespace Trigger.Tests.Kernel;

public sealed class An_event_stream : KernelSpec
{
    [Fact]
    public async Task delivers_once_by_type_and_base_type()
    {
        Assert.True(System.EventStream.Subscribe<Exception>(Probe.Ref));
        Assert.True(System.EventStream.Subscribe<InvalidOperationException>(Probe.Ref));
        Assert.False(System.EventStream.Subscribe<Exception>(Probe.Ref));
        var (narrow, wide) = (new InvalidOperationException("i"), new FormatException("e"));
        System.EventStream.Publish(narrow);
        System.EventStream.Publish(wide);
        await Probe.Expect(narrow, wide);

        System.EventStream.Unsubscribe<Exception>(Probe.Ref);
        System.EventStream.Publish(wide);
        System.EventStream.Publish(narrow);
        await Probe.Expect(narrow);
    }

    [Fact]
    public async Task names_the_path_that_a_selection_did_not_find()
    {
        System.EventStream.Subscribe<AllDeadLetters>(Probe.Ref);
        System.ActorSelection("/user/nope").Tell("lost");

        var letter = await Probe.Expect<DeadLetter>();
        Assert.Equal(("lost", "/user/nope"), (letter.Message, letter.Recipient.Path.ToStringWithoutAddress()));
    }

    [Fact]
    public async Task carries_log_lines_of_both_kinds_of_template()
    {
        System.EventStream.Subscribe<Info>(Probe.Ref);
        System.Log.Info("{0} of {Name} is {State}", 7, "r1", "up");

        Assert.Equal("7 of 7 is r1", (await Probe.Expect<Info>()).Message.ToString());
    }

    [Fact]
    public async Task logs_ten_dead_letters_and_then_keeps_silent()
    {
        System.EventStream.Subscribe<Info>(Probe.Ref);
        for (var i = 0; i < 30; i++)
            System.DeadLetters.Tell(i);
        for (var i = 0; i < 10; i++)
            await Probe.Expect<Info>();

        await Probe.ExpectNothingBefore("end");
    }
}
