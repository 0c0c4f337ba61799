namespace Trigger.Devices.Platforms;

/// <summary>Platform definitions that cannot be used. Names every mistake that was found, each with its file and line.</summary>
public sealed class PlatformMistakesException(IReadOnlyList<string> mistakes) : Exception(string.Join(Environment.NewLine, mistakes))
{
    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}
