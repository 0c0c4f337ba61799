using System.Text.Json.Serialization;

namespace Trigger.Jobs;

/// <summary>How a change ended on one device.</summary>
/// <param name="Why">As the end of the sentence "unchanged: …"; empty when there is nothing to say.</param>
public sealed record ChangeEnding(ChangeEnd End, string Why)
{
    /// <summary>By when the device is back to the old configuration by itself, if the change came to count and is not confirmed; null where no clock runs.</summary>
    public DateTimeOffset? BackBy { get; init; }

    /// <summary>Whether the device is as it was asked to be.</summary>
    public bool Well { get; init; }

    /// <summary>For people: <c>rolled back: 'show x' does not show 'y'</c>.</summary>
    public override string ToString() =>
        Word + (Why.Length == 0 ? "" : $": {Why}") + (BackBy is { } at ? $"; unless somebody confirms it, the device is back to its old configuration by {at.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z" : "");

    /// <summary>A stable word for programs.</summary>
    [JsonIgnore]
    public string Word => End switch
    {
        ChangeEnd.Unchanged => "unchanged",
        ChangeEnd.Changed => "changed",
        ChangeEnd.RolledBack => "rolled back",
        ChangeEnd.TimerUndoes => "on trial",
        ChangeEnd.Unverified => "unverified",
        _ => "in doubt",
    };
}
