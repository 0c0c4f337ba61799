using Trigger.Wire;
using Trigger.Wire.Ssh;

namespace Trigger.Tests.Wire;

/// <summary>Host keys that are on another machine: the lines of a reactor must not wait for one of them.</summary>
public sealed class A_slow_store_of_host_keys
{
    [Fact]
    public async Task holds_one_line_until_it_answers_and_no_other()
    {
        var store = new Slow();
        using var lab = new SshLab(knownHosts: store);

        var (_, waiting) = lab.Call(lab.Dial with { HostKeyAlias = "slow" });
        await store.Asked;
        var (_, other) = await lab.LogIn();
        Assert.True(other.Opened().IsCompletedSuccessfully);
        Assert.False(waiting.Authenticating().IsCompleted);

        store.Answer.SetResult(new HostKeyVerdict.Known("here"));
        await waiting.Authenticating();
        Assert.True(store.Accepts);
    }

    [Fact]
    public async Task has_its_say()
    {
        var store = new Slow();
        using var lab = new SshLab(knownHosts: store);

        var (_, waiting) = lab.Call(lab.Dial with { HostKeyAlias = "slow" });
        await store.Asked;
        store.Answer.SetResult(new HostKeyVerdict.Changed("SHA256:old", "there"));

        var changed = Assert.IsType<WireFault.HostKeyChanged>(await waiting.Closed());
        Assert.Equal(("SHA256:old", lab.HostKey.Fingerprint, "there"), (changed.Known, changed.Offered, changed.Where));
    }

    [Fact]
    public async Task that_cannot_say_is_a_fault_that_may_pass()
    {
        var store = new Slow();
        using var lab = new SshLab(knownHosts: store);

        var (_, waiting) = lab.Call(lab.Dial with { HostKeyAlias = "slow" });
        await store.Asked;
        store.Answer.SetResult(new HostKeyVerdict.Unavailable("the database is away"));

        Assert.Equal(new WireFault.HandshakeFailed("the database is away"), await waiting.Closed());
    }

    [Fact]
    public async Task is_not_waited_for_longer_than_the_handshake_may_take()
    {
        var store = new Slow();
        using var lab = new SshLab(knownHosts: store);

        var fault = await lab.FaultOf(lab.Dial with { HostKeyAlias = "slow", Limits = SshLab.Limits with { Handshake = TimeSpan.FromSeconds(1) } });

        Assert.Contains("did not answer in time", Assert.IsType<WireFault.HandshakeFailed>(fault).Reason, StringComparison.Ordinal);
        store.Answer.SetResult(new HostKeyVerdict.Known("too late"));
    }

    [Fact]
    public async Task may_answer_in_the_very_moment_in_which_it_is_asked()
    {
        using var lab = new SshLab(knownHosts: new Prompt());

        await Parallel.ForAsync(0, 300, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, async (_, _) =>
        {
            var (line, heard) = await lab.LogIn();
            Assert.True(heard.Opened().IsCompletedSuccessfully, heard.Closed().IsCompleted ? $"{await heard.Closed()}" : "");
            line.Abort();
        });
    }

    /// <summary>Answers from another thread, a moment later or less.</summary>
    private sealed class Prompt : IHostKeyStore
    {
        private int asked;

        public IReadOnlyList<string> TypesOf(string host, int port) => [];

        public ValueTask<HostKeyVerdict> Judge(string host, int port, HostKey key) => throw new NotSupportedException("A host that is dialled is met.");

        public ValueTask<HostKeyVerdict> Meet(string host, int port, HostKey key, bool accept)
        {
            var answer = new TaskCompletionSource<HostKeyVerdict>();
            var turns = Interlocked.Increment(ref asked) % 100;
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    Thread.SpinWait(turns);
                    answer.SetResult(new HostKeyVerdict.Known("soon"));
                },
                null);
            return new(answer.Task);
        }
    }

    /// <summary>Knows every host at once, but takes its time about the one called slow.</summary>
    private sealed class Slow : IHostKeyStore
    {
        private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<HostKeyVerdict> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => asked.Task;

        public bool Accepts { get; private set; }

        public IReadOnlyList<string> TypesOf(string host, int port) => [];

        public ValueTask<HostKeyVerdict> Judge(string host, int port, HostKey key) => throw new NotSupportedException("A host that is dialled is met.");

        public ValueTask<HostKeyVerdict> Meet(string host, int port, HostKey key, bool accept)
        {
            if (host != "slow")
                return new(new HostKeyVerdict.Known("at once"));

            Accepts = accept;
            asked.TrySetResult();
            return new(Answer.Task);
        }
    }
}
