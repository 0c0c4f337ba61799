using System.Text.Json.Serialization;

namespace Trigger.Sessions;

/// <summary>What is worth knowing of how a step went besides its answer. Kept with the outcome; never a secret in it.</summary>
public sealed record StepNotes
{
    /// <summary>The line was Telnet, although SSH was asked for: <c>decisions/0019</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Telnet { get; init; }

    /// <summary>Which lines of the answer, counted from 0, the device's log printed into it; null when none did.</summary>
    public IReadOnlyList<int>? LogLines { get; init; }

    /// <summary>What a person answered while the step was parked; null when nobody was asked.</summary>
    public IReadOnlyList<GivenAnswer>? Answers { get; init; }

    /// <summary>These notes, or null when they say nothing.</summary>
    public StepNotes? OrNull() => Telnet || LogLines is { Count: > 0 } || Answers is { Count: > 0 } ? this : null;
}
