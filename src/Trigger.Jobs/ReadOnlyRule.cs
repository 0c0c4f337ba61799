using Trigger.Devices.Platforms;
using Trigger.Sessions;

namespace Trigger.Jobs;

/// <summary>What a run that may only read must not hold. To be asked before the run is on record, so that everything wrong is named at once and nobody is dialled.</summary>
public static class ReadOnlyRule
{
    /// <summary>Every line that is not known to only read where it would be sent, each as a sentence; none when the run only reads.</summary>
    public static IEnumerable<string> Mistakes(IEnumerable<RunLine> lines, PlatformCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return lines.Where(line => !Lets(line, catalog.Get(line.Platform))).Select(line =>
            $"A read-only run does not send '{Quoted.Command(line.Step.Line)}' to {line.Where}: {(line.Step.Answers is { Count: > 0 } ? "what its answers do is not known" : "it is not known to change nothing there")}.");
    }

    private static bool Lets(RunLine line, Platform platform) =>
        line.Prepares ? ReadOnlyWall.LetsInit(platform, line.Step.Line) : ReadOnlyWall.Lets(line.Language, platform, line.Step);
}
