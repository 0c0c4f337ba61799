namespace Trigger.Acl.Changing;

/// <summary>A text with a filter changed in it, or why that cannot be done.</summary>
/// <param name="Text">Null when there is a problem.</param>
public sealed record FilterEdit(string? Text, string? Problem)
{
    internal static FilterEdit Of(string text) => new(text, null);

    internal static FilterEdit Cannot(string why) => new(null, why);
}
