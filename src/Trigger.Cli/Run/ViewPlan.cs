using Trigger.Cli.Output;
using Trigger.Notify;

namespace Trigger.Cli.Run;

/// <summary>What was asked of the view and has been looked at before anything is sent.</summary>
/// <param name="Parse">Makes a table of an answer, where that was asked for.</param>
/// <param name="Listeners">Who wants to hear of the end.</param>
internal sealed record ViewPlan(Func<ResultLine, ResultLine> Parse, NotificationDesk Listeners) : IDisposable
{
    public void Dispose() => Listeners.Dispose();
}
