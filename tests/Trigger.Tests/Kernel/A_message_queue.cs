using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Internal;

namespace Trigger.Tests.Kernel;

public sealed class A_message_queue
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(10_000)]
    public void gives_back_in_order_what_it_was_given(int count)
    {
        var queue = new MessageQueue();
        for (var i = 0; i < count; i++)
            queue.Enqueue(i, null);

        for (var i = 0; i < count; i++)
        {
            Assert.True(queue.MayHaveMore);
            Assert.True(queue.TryDequeue(out var envelope));
            Assert.Equal(i, envelope.Message);
        }

        Assert.False(queue.TryDequeue(out _));
        Assert.False(queue.MayHaveMore);
    }

    [Fact]
    public void keeps_the_sender_with_its_message()
    {
        var queue = new MessageQueue();
        queue.Enqueue("hello", ActorRefs.Nobody);

        Assert.True(queue.TryDequeue(out var envelope));
        Assert.Same(ActorRefs.Nobody, envelope.Sender);
    }

    [Fact]
    public void agrees_with_a_plain_queue_whatever_is_put_in_and_taken_out()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var queue = new MessageQueue();
        var model = new Queue<int>();
        var next = 0;
        for (var step = 0; step < 200_000; step++)
        {
            var burst = random.Next(100) == 0 ? random.Next(3_000) : random.Next(6);
            switch (random.Next(3))
            {
                case 0:
                    for (var i = 0; i < burst; i++, next++)
                    {
                        queue.Enqueue(next, null);
                        model.Enqueue(next);
                    }

                    break;
                case 1:
                    for (var i = 0; i < burst; i++)
                    {
                        var had = model.TryDequeue(out var expected);
                        Assert.True(had == queue.TryDequeue(out var envelope), $"seed {seed}");
                        Assert.True(!had || expected == (int)envelope.Message, $"seed {seed}");
                    }

                    break;
                default:
                    queue.Trim();
                    break;
            }

            Assert.True(queue.MayHaveMore == (model.Count > 0), $"seed {seed}");
        }
    }

    [Fact]
    public void loses_and_reorders_nothing_while_many_put_in_and_its_owner_trims()
    {
        const int Producers = 4;
        const int Each = 50_000;
        var holder = new Holder();
        var threads = Enumerable.Range(0, Producers).Select(producer => new Thread(() =>
        {
            for (var i = 0; i < Each; i++)
                holder.Queue.Enqueue((producer, i), null);
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();

        var seen = new int[Producers];
        var wait = default(SpinWait);
        for (var left = Producers * Each; left > 0;)
        {
            if (!holder.Queue.TryDequeue(out var envelope))
            {
                holder.Queue.Trim();
                wait.SpinOnce();
                continue;
            }

            var (producer, number) = ((int, int))envelope.Message;
            Assert.Equal(seen[producer]++, number);
            left--;
        }

        foreach (var thread in threads)
            thread.Join();
        Assert.All(seen, count => Assert.Equal(Each, count));
        Assert.False(holder.Queue.TryDequeue(out _));
    }

    [Fact]
    public void allocates_nothing_once_it_is_as_long_as_it_needs_to_be()
    {
        var queue = new MessageQueue();
        var message = new object();
        Exchange(rounds: 10);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Exchange(rounds: 1_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Exchange(int rounds)
        {
            for (var round = 0; round < rounds; round++)
            {
                for (var i = 0; i < 100; i++)
                    queue.Enqueue(message, null);
                while (queue.TryDequeue(out _))
                {
                }

                queue.Trim();
            }
        }
    }

    private sealed class Holder
    {
        internal MessageQueue Queue;
    }
}
