using System.Text.Json.Serialization;

namespace Trigger.Node.Clustering;

/// <summary>What becomes of a conversation with the device that is under way: one at a time holds for people, too.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TerminalManner>))]
internal enum TerminalManner
{
    /// <summary>It is waited for.</summary>
    Wait,

    /// <summary>Its line is reset. What it may have changed is in doubt, as after any lost line.</summary>
    TakeOver,

    /// <summary>It is looked at, and nothing is typed.</summary>
    Watch,
}
