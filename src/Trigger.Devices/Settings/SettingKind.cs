namespace Trigger.Devices.Settings;

/// <summary>What a setting may hold.</summary>
public enum SettingKind
{
    Text,

    /// <summary>A path; <c>~/</c> is the home directory, and a relative one counts from the file that it was written in.</summary>
    Path,

    /// <summary>Paths and URLs.</summary>
    Paths,

    Texts,

    /// <summary>A whole number between two limits.</summary>
    Count,

    /// <summary>A time with its unit, at most a day.</summary>
    Time,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>One of several words.</summary>
    Choice,
}
