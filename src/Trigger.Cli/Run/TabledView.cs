using Trigger.Cli.Output;
using Trigger.Jobs;

namespace Trigger.Cli.Run;

/// <summary>Any view, with one table of all outcomes at its end.</summary>
internal sealed class TabledView(IRunView inner, TextWriter to) : IRunView
{
    private readonly ResultTable table = new();

    public void Began(RunNews.Began began) => inner.Began(began);

    public void Ended(ResultLine result)
    {
        table.Add(result);
        inner.Ended(result);
    }

    public void DeviceDone(bool ok, RunTally tally) => inner.DeviceDone(ok, tally);

    public void Changed(string text) => inner.Changed(text);

    public void Turned(string text) => inner.Turned(text);

    public void Finished(RunTally tally)
    {
        inner.Finished(tally);
        table.Write(to);
        to.Flush();
    }
}
