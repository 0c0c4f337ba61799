using System.Text.Json.Serialization;

namespace Trigger.Jobs;

/// <summary>What configuration a device was left with. The names are part of the journal's format.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChangeEnd>))]
public enum ChangeEnd
{
    /// <summary>The old one, and the new one never counted.</summary>
    Unchanged,

    /// <summary>The new one, for good.</summary>
    Changed,

    /// <summary>The old one again: the new one counted and was taken back.</summary>
    RolledBack,

    /// <summary>The new one on trial, or none of it: by the moment told the device is back to the old one by itself.</summary>
    TimerUndoes,

    /// <summary>The new one, which was not verified or failed it, and which was not taken back.</summary>
    Unverified,

    /// <summary>Nobody knows, or a part of the new one; a person must look.</summary>
    InDoubt,
}
