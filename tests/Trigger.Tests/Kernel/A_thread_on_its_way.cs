using Trigger.Kernel.Actor;

namespace Trigger.Tests.Kernel;

/// <summary>The thread that runs a handler goes on with whom the handler told. Nobody may have to wait for it because of that.</summary>
public sealed class A_thread_on_its_way : KernelSpec
{
    [Fact]
    public async Task leaves_whom_a_handler_told_to_others_when_the_handler_blocks()
    {
        using var done = new ManualResetEventSlim();
        var worker = Spawn((_, _) => done.Set());
        var boss = Spawn((self, _) =>
        {
            worker.Tell("work");
            self.From.Tell(done.Wait(Patience));
        });

        Assert.True(await boss.Ask<bool>("go", TestContext.Current.CancellationToken).WaitAsync(Patience * 2, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task leaves_whom_a_handler_told_to_others_when_it_waits_for_the_answer_of_somebody_else()
    {
        using var told = new ManualResetEventSlim();
        var first = Spawn((_, _) => told.Set());
        var second = Spawn((self, _) => self.From.Tell(told.Wait(Patience)));
        var boss = Spawn((self, _) =>
        {
            first.Tell("go");
            self.From.Tell(second.Ask<bool>("has it come?").GetAwaiter().GetResult());
        });

        Assert.True(await boss.Ask<bool>("go", TestContext.Current.CancellationToken).WaitAsync(Patience * 2, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task runs_the_reader_of_a_long_burst_beside_its_writer()
    {
        using var read = new ManualResetEventSlim();
        var reader = Spawn((_, _) => read.Set());
        var writer = Spawn((self, _) =>
        {
            for (var i = 0; i < 10_000; i++)
                reader.Tell(i);
            self.From.Tell(read.Wait(Patience));
        });

        Assert.True(await writer.Ask<bool>("go", TestContext.Current.CancellationToken).WaitAsync(Patience * 2, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task carries_a_token_round_a_large_ring_as_often_as_it_is_told_to()
    {
        const int Members = 1000;
        const int Rounds = 20;
        var done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ring = new IActorRef[Members];
        for (var i = 0; i < Members; i++)
        {
            var next = (i + 1) % Members;
            ring[i] = Spawn((_, message) =>
            {
                if (message is Members * Rounds)
                    done.SetResult(next);
                else
                    ring[next].Tell((int)message + 1);
            });
        }

        ring[0].Tell(1);

        Assert.Equal(0, await done.Task.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task lets_the_other_work_of_its_pool_have_its_turn()
    {
        var over = false;
        IActorRef[] pair = new IActorRef[2];
        for (var i = 0; i < 2; i++)
        {
            var other = 1 - i;
            pair[i] = Spawn((_, message) =>
            {
                if (!Volatile.Read(ref over))
                    pair[other].Tell(message);
            });
        }

        // More conversations without an end than the machine has cores.
        for (var talk = 0; talk < Environment.ProcessorCount * 4; talk++)
            pair[0].Tell(talk);

        for (var i = 0; i < 10; i++)
            await Task.Run(() => i).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Volatile.Write(ref over, true);
    }
}
