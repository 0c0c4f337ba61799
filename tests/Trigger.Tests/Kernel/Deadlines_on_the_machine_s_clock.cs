using System.Diagnostics;
using Trigger.Kernel.Actor;

namespace Trigger.Tests.Kernel;

/// <summary>The one place where the machine's own clock is used: there the kernel reads it once a turn and not once a message.</summary>
public sealed class Deadlines_on_the_machine_s_clock
{
    // A turn takes thirty messages. In a second one, a timeout that was due between the two could be behind a message that came just now.
    private const int InOneTurn = 25;

    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task are_never_early_however_many_messages_came_in_one_turn()
    {
        using var system = ActorSystem.Create("machine-time");
        var fired = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        var last = 0L;
        var actor = system.ActorOf(Props.Create(() => new Scripted(
            (self, message) =>
            {
                switch (message)
                {
                    case ReceiveTimeout:
                        self.Place.SetReceiveTimeout(null);
                        fired.TrySetResult(Stopwatch.GetElapsedTime(last));
                        break;
                    case "go":
                        self.Place.SetReceiveTimeout(Silence);
                        for (var i = 0; i < InOneTurn; i++)
                            self.Me.Tell("noise");
                        break;
                    default:
                        // The turn outlasts the silence, so a deadline that began with it would be over by now.
                        var began = Stopwatch.GetTimestamp();
                        while (Stopwatch.GetElapsedTime(began) < Silence / 10)
                            Thread.SpinWait(100);
                        last = Stopwatch.GetTimestamp();
                        break;
                }
            },
            null,
            null,
            null)));
        actor.Tell("go");

        Assert.True(await fired.Task.WaitAsync(Patience, TestContext.Current.CancellationToken) >= Silence);
        await system.Terminate();
    }
}
