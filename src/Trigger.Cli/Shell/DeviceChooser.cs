using System.Globalization;
using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Devices.Inventory;

namespace Trigger.Cli.Shell;

/// <summary>From as much of a name as somebody types to one device; where several are meant, by asking (Trigger's <c>device_match</c>).</summary>
/// <param name="ask">Shows the question and returns the answer, or null when nobody is there to be asked.</param>
internal sealed class DeviceChooser(TextWriter screen, Func<string, string?>? ask)
{
    private const int MostShown = 40;

    /// <summary>Null when there is none, several and nobody to choose, or the person chose none; the mistakes say which.</summary>
    public NetDevice? Choose(NetDevices devices, string text, Mistakes mistakes)
    {
        if (devices.Find(text) is { } only)
            return only;

        var found = devices.DeviceMatch(text);
        if (found.Count == 1)
        {
            screen.WriteLine($"Matched '{found[0].Name}'.");
            return found[0];
        }

        if (found.Count == 0)
        {
            mistakes.Add($"There is no device with '{text}' in its name.{(text.Contains('.', StringComparison.Ordinal) || text.Contains(':', StringComparison.Ordinal) ? $" A host that no inventory lists is reached by: trigger ssh {text}" : "")}");
            return null;
        }

        if (ask is not null && found.Count <= MostShown)
            return Ask(found, text, mistakes);

        mistakes.Add($"'{text}' may be any of {found.Count} devices: {string.Join(", ", found.Take(MostShown).Select(device => device.Name))}{(found.Count > MostShown ? ", …" : "")}. Type more of the name.");
        return null;
    }

    private NetDevice? Ask(IReadOnlyList<NetDevice> found, string text, Mistakes mistakes)
    {
        screen.WriteLine($"{found.Count} possible matches found for '{text}':");
        for (var number = 1; number <= found.Count; number++)
            screen.WriteLine($" [{number,2}] {found[number - 1].Name}");
        screen.WriteLine(" [ 0] Exit");

        while (ask!("Enter a device number: ") is { } answer)
        {
            if (int.TryParse(answer.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 0 && number <= found.Count)
            {
                if (number > 0)
                    return found[number - 1];
                break;
            }

            screen.WriteLine($"'{answer.Trim()}' is none of them.");
        }

        mistakes.Add("No device was chosen.");
        return null;
    }
}
