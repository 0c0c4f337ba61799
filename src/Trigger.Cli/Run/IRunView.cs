using Trigger.Cli.Output;
using Trigger.Jobs;

namespace Trigger.Cli.Run;

/// <summary>Shows a run while it goes on.</summary>
internal interface IRunView
{
    void Began(RunNews.Began began);

    void Ended(ResultLine result);

    /// <param name="tally">With this device counted.</param>
    void DeviceDone(bool ok, RunTally tally);

    /// <summary>What a change left a device with: a sentence.</summary>
    void Changed(string text);

    /// <summary>The run takes a turn, or waits: a sentence.</summary>
    void Turned(string text);

    /// <summary>Shows the end of it.</summary>
    void Finished(RunTally tally);
}
