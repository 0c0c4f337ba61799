using System.Text.RegularExpressions;
using Trigger.Devices;

namespace Trigger.Jobs;

/// <summary>Which devices must not be touched at once, because each stands in for the other.</summary>
public static partial class RunGroups
{
    /// <summary>Groups by site and the beginning of the name, as Trigger's load_acl did.</summary>
    public const string ByName = "name";

    private const int LongEnoughToTrim = 4;

    /// <summary>The device's group. A device that does not have the field is a group of its own.</summary>
    /// <param name="how"><see cref="ByName"/>, <c>vendor</c>, <c>platform</c>, or any field of the inventory.</param>
    public static string Of(NetDevice device, string how) => how switch
    {
        ByName => Named(device),
        "vendor" => device.Vendor,
        "platform" => device.Platform,
        _ => device[how] is { Length: > 0 } value ? value : Own(device),
    };

    // load_acl: the leading [0-9]*[a-z]+ of the name, its last letter an X when it has four or more and does not end in i or e, together with the site.
    private static string Named(NetDevice device)
    {
        var found = Leading().Match(device.Name);
        if (!found.Success || device.Site is not { Length: > 0 } site)
            return Own(device);

        var letters = found.Value;
        var trimmed = letters.Length >= LongEnoughToTrim && letters[^1] is not ('i' or 'e') ? letters[..^1] + "X" : letters;
        return $"{site}/{trimmed}";
    }

    // A field's value could be another device's name; a blank in front is in neither.
    private static string Own(NetDevice device) => $" {device.Name}";

    [GeneratedRegex("^[0-9]*[a-z]+", RegexOptions.CultureInvariant)]
    private static partial Regex Leading();
}
