using System.Text.RegularExpressions;
using Trigger.Kernel.Event;

namespace Trigger.Lab.TestKit.EventFilters;

/// <summary>Decides which log events it counts.</summary>
internal sealed class EventFilterBase(Predicate<LogEvent> matches)
{
    private Action? counted;

    /// <summary>Called for every event that matches, on the listener's thread.</summary>
    public void WhenCounted(Action act) => counted += act;

    public void Forget(Action act) => counted -= act;

    public bool Counts(LogEvent seen)
    {
        if (!matches(seen))
            return false;
        counted?.Invoke();
        return true;
    }

    /// <summary>The rule on texts that all filters share: exactly, from the start, contained, by pattern; nothing given accepts everything.</summary>
    public static Predicate<string> OnText(string? message, Regex? pattern, string? start, string? contains) =>
        message is not null ? text => text == message
        : pattern is not null ? pattern.IsMatch
        : start is not null ? text => text.StartsWith(start, StringComparison.Ordinal)
        : contains is not null ? text => text.Contains(contains, StringComparison.Ordinal)
        : static _ => true;
}
