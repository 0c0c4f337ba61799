namespace Trigger.Devices.Settings;

/// <summary>A setting as it counts.</summary>
/// <param name="Path">Its key, from the root: <c>trigger.run.parallel</c>.</param>
/// <param name="Values">Of a list any number, of anything else one, of null none.</param>
/// <param name="From"><c>file:line</c>, <c>environment NAME</c>, or <c>default</c>.</param>
public sealed record SettingValue(string Path, SettingKind Kind, IReadOnlyList<string> Values, string From)
{
    public bool IsList => Kind is SettingKind.Paths or SettingKind.Texts;

    public bool IsDefault => From == Default;

    internal const string Default = "default";
}
