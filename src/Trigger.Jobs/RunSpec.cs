using System.Text.Json.Serialization;
using Trigger.Sessions;

namespace Trigger.Jobs;

/// <summary>What a run is to do. Written to the journal before the first packet, and never a secret in it.</summary>
public sealed record RunSpec
{
    public required RunId Id { get; init; }

    /// <summary>What the commands are written in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SessionLanguage Language { get; init; }

    /// <summary>Sent to every device, in this order.</summary>
    public required IReadOnlyList<string> Commands { get; init; }

    /// <summary>The selection as the user wrote it; for people.</summary>
    public required string Selection { get; init; }

    /// <summary>Where the devices came from; a resume reads them again.</summary>
    public required IReadOnlyList<string> Inventory { get; init; }

    /// <summary>How many devices are talked to at a time.</summary>
    public required int Parallel { get; init; }

    /// <summary>How long one command may take, or null for the platform's own limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether the first refused step anywhere stops the run.</summary>
    public bool StopOnError { get; init; }

    /// <summary>How many devices may refuse a credential before it is shown to no more of them.</summary>
    public required int AuthFailures { get; init; }

    /// <summary>How carefully; null for all devices at once and no second try.</summary>
    public RunPolicy? Policy { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string By { get; init; }
}
