using System.Text.Json.Serialization;

namespace Trigger.Jobs;

/// <summary>A stretch of a change on one device. The names are part of the journal's format.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChangePart>))]
public enum ChangePart
{
    /// <summary>The running configuration is read, to be kept.</summary>
    Copy,

    /// <summary>The device keeps its configuration under the change's name.</summary>
    Mark,

    /// <summary>A restart is planned.</summary>
    Schedule,

    Enter,
    Load,
    Compare,
    Commit,

    /// <summary>The running configuration is read again.</summary>
    Look,

    Verify,
    Confirm,

    /// <summary>The planned restart is called off.</summary>
    Unschedule,

    Leave,
    Save,
    Tidy,

    /// <summary>What was not committed is forgotten.</summary>
    Abort,

    /// <summary>What counted is taken back.</summary>
    Undo,

    /// <summary>The running configuration is read once more, to be held against the copy.</summary>
    Prove,
}
