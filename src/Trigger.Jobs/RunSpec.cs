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

    /// <summary>Sent to every device that has no set of its own, in this order.</summary>
    public required IReadOnlyList<string> Commands { get; init; }

    /// <summary>Set when the commands are lines of a configuration, to be loaded with what belongs around them; null when they are sent as they are.</summary>
    public ChangePlan? Change { get; init; }

    /// <summary>What some of the commands bring along, by their number from 0; null when none does.</summary>
    public IReadOnlyDictionary<int, StepDetail>? Details { get; init; }

    /// <summary>The commands of devices that have their own (<see cref="ChosenDevice.Set"/>); null when all have the same.</summary>
    public IReadOnlyList<CommandSet>? Sets { get; init; }

    /// <summary>Typed on every device after its platform's own preparation; only what reads. Null for nothing.</summary>
    public IReadOnlyList<string>? Init { get; init; }

    /// <summary>How long to wait between an answer and the next command; null for no time.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>How long a question that nobody has foreseen waits for a person; null when its step ends at once.</summary>
    public TimeSpan? Park { get; init; }

    /// <summary>Set when the answers are configurations to be kept in the archive: the field of the inventory whose value names a device's folder, or "" for none.</summary>
    public string? Backup { get; init; }

    /// <summary>The selection as the user wrote it; for people.</summary>
    public required string Selection { get; init; }

    /// <summary>Where the devices came from; a resume reads them again.</summary>
    public required IReadOnlyList<string> Inventory { get; init; }

    /// <summary>How many devices are talked to at a time.</summary>
    public required int Parallel { get; init; }

    /// <summary>How long one command may take, or null for the platform's own limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether passwords and keys in answers are masked before they are put on record.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HideSecrets { get; init; }

    /// <summary>Whether the nodes of a cluster write the dialogues down.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Record { get; init; }

    /// <summary>Whether nothing may be sent that is not known to only read. Sessions hold it, and no changing step is ever given leave.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ReadOnly { get; init; }

    /// <summary>Whether the first refused step anywhere stops the run.</summary>
    public bool StopOnError { get; init; }

    /// <summary>How many devices may refuse a credential before it is shown to no more of them.</summary>
    public required int AuthFailures { get; init; }

    /// <summary>How carefully; null for all devices at once and no second try.</summary>
    public RunPolicy? Policy { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The W3C traceparent of the call that asked for it, so that any node's spans join that trace; null when nobody traces it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Trace { get; init; }

    /// <summary>Every command that some device is sent, once; for people.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> AllCommands => Sets is null ? Commands : [.. Commands.Concat(Sets.SelectMany(set => set.Commands)).Distinct()];

    /// <summary>What the device is sent, in this order.</summary>
    public IReadOnlyList<string> CommandsOf(ChosenDevice device) => device.Set is { } set ? Sets![set].Commands : Commands;

    /// <summary>The device's step of that number, ready to be sent.</summary>
    public Step Step(ChosenDevice device, int number)
    {
        var detail = (device.Set is { } set ? Sets![set].Details : Details)?.GetValueOrDefault(number);
        return new Step(number, CommandsOf(device)[number], detail?.Timeout ?? Timeout) { Answers = detail?.Answers, HideSecrets = HideSecrets };
    }

    /// <summary>Who asked for it.</summary>
    public required string By { get; init; }

    /// <summary>Who that was to the command policy of the node that accepted it: viewer, operator or admin; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ByRole { get; init; }
}
