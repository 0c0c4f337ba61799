using System.Text.Json;

namespace Trigger.Node.Api;

/// <summary>What a caller of the API asks to be run; everything but the commands may be left out. Times are "30s", "2m"; amounts "5" or "10%".</summary>
public sealed record RunOrder
{
    /// <summary>The selection; must be there when a command may change something.</summary>
    public string? On { get; init; }

    /// <summary>Each a text, or <c>{ "send": …, "timeout": …, "answers": [ { "expect": …, "answer": … } ] }</c>.</summary>
    public IReadOnlyList<JsonElement>? Commands { get; init; }

    public bool Netconf { get; init; }

    public IReadOnlyList<string>? Init { get; init; }

    public string? Interval { get; init; }

    /// <summary>
    /// In place of commands: fetches the devices' configurations, which nodes with an archive (<c>backup.to</c>) keep in folders by this field of the inventory; "" for no folders. Secrets are
    /// masked.
    /// </summary>
    public string? Backup { get; init; }

    /// <summary>Set when the commands are lines of a configuration, to be loaded with what belongs around them.</summary>
    public ChangeOrder? Change { get; init; }

    /// <summary>How long a question that nobody has foreseen waits for a person (<c>/api/runs/{run}/parked</c>); without it, or with "0", its step ends at once. Default: the node's setting.</summary>
    public string? Park { get; init; }

    public int? Parallel { get; init; }

    public string? Timeout { get; init; }

    public int? AuthFailures { get; init; }

    public bool StopOnError { get; init; }

    public bool HideSecrets { get; init; }

    /// <summary>Nodes write down what sessions receive and send (<c>/api/runs/{run}/recordings</c>), without passwords that they type. Not with NETCONF, nor with hidden secrets.</summary>
    public bool? Record { get; init; }

    /// <summary>Devices that are not in production are meant, too.</summary>
    public bool AnyStatus { get; init; }

    public RunOrderRules? Rules { get; init; }

    /// <summary>Whatever may change a device is refused.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Says what would be sent where, and sends nothing.</summary>
    public bool DryRun { get; init; }
}
