using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;

namespace Trigger.Node.Clustering;

/// <summary>Forgets what is too old or too much, now and then, on the one node that is asked to. Runs that are under way stay.</summary>
internal sealed class RetentionKeeper : ReceiveActor, IWithTimers
{
    private readonly ILoggingAdapter log = Context.GetLogger();
    private readonly Retention retention;

    /// <param name="isOurs">Whether this node is to do it.</param>
    public RetentionKeeper(Retention retention, RunRecords records, Func<bool> isOurs, TimeProvider time)
    {
        this.retention = retention;
        Receive<Look>(_ =>
        {
            if (isOurs())
                Task.Run(() => Forget(records, time)).PipeTo(Self, success: count => new Looked(count));
        });
        Receive<Looked>(looked =>
        {
            if (looked.Forgotten > 0)
                log.Info("{0} runs were forgotten, as the settings' retention wants it.", looked.Forgotten);
        });
        Receive<Status.Failure>(failed => log.Warning("What is too old on record could not be forgotten, and is tried again: {0}", failed.Cause.Message));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Look), new Look(), retention.Interval);

    private int Forget(RunRecords records, TimeProvider time)
    {
        var due = retention.Due(records, time.GetUtcNow());
        records.Forget(due);
        return due.Count;
    }

    private sealed record Look;

    private sealed record Looked(int Forgotten);
}
