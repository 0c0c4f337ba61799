using Trigger.Kernel.Configuration;

namespace Trigger.Kernel.Routing;

/// <summary>Judges the size of a pool.</summary>
public abstract class Resizer
{
    /// <returns>Null when the section <c>resizer</c> is not enabled.</returns>
    public static Resizer? FromConfig(Config parentConfig)
    {
        var section = parentConfig.GetConfig("resizer");
        return section.GetBoolean("enabled") ? DefaultResizer.FromConfig(section) : null;
    }

    /// <summary>Asked on the senders' threads for every message.</summary>
    public abstract bool IsTimeForResize(long messageCounter);

    /// <returns>How many routees to add, negative to take out.</returns>
    public abstract int Resize(IEnumerable<Routee> currentRoutees);
}
