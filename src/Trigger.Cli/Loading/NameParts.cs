using System.Text.RegularExpressions;

namespace Trigger.Cli.Loading;

/// <summary>What Trigger's bulk limits read out of a device's name: <c>fe12-ams.example.net</c> is of the kind "fe" in "ams".</summary>
internal static partial class NameParts
{
    /// <summary>Null for a name of another form; such a device is never limited.</summary>
    public static (string Letters, string Site)? Of(string name) => Form().Match(name) is { Success: true } found ? (found.Groups[1].Value, found.Groups[2].Value) : null;

    [GeneratedRegex("^([a-z]+)[0-9]{0,2}-([a-z0-9]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
