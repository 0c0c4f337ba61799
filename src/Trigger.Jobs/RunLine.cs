using Trigger.Devices;
using Trigger.Sessions;

namespace Trigger.Jobs;

/// <summary>A line that a run would type, and where.</summary>
/// <param name="Platform">All the devices are of it.</param>
/// <param name="Devices">At least one, in the order of the run.</param>
/// <param name="Prepares">Whether it is typed after the platform's own preparation (<see cref="RunSpec.Init"/>).</param>
public sealed record RunLine(string Platform, SessionLanguage Language, Step Step, IReadOnlyList<NetDevice> Devices, bool Prepares)
{
    /// <summary>Every line that the run would type: steps, what is typed first, and what is asked between batches. Pure; nothing is sent to find out.</summary>
    /// <param name="setOf">Which of the run's sets of commands is a device's; null for those of all.</param>
    /// <param name="find">Devices by name, for checks on others than the run's own.</param>
    public static IReadOnlyList<RunLine> Of(RunSpec spec, IReadOnlyList<NetDevice> devices, Func<NetDevice, int?>? setOf = null, Func<string, NetDevice?>? find = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Change is not null)
            return ChangeLines.All(spec, devices, setOf, find);

        var lines = new List<RunLine>();
        foreach (var alike in devices.GroupBy(device => (device.Platform, Set: setOf?.Invoke(device))))
        {
            var (members, place) = (alike.ToArray(), new ChosenDevice(alike.First().Name, alike.Key.Platform) { Set = alike.Key.Set });
            lines.AddRange((spec.Init ?? []).Select(line => new RunLine(alike.Key.Platform, SessionLanguage.CommandLine, new Step(0, line), members, Prepares: true)));
            for (var step = 0; step < spec.CommandsOf(place).Count; step++)
                lines.Add(new RunLine(alike.Key.Platform, spec.Language, spec.Step(place, step), members, Prepares: false));
        }

        lines.AddRange(Checks(spec, devices, find));
        return lines;
    }

    /// <summary>What is asked between batches.</summary>
    internal static IEnumerable<RunLine> Checks(RunSpec spec, IReadOnlyList<NetDevice> devices, Func<string, NetDevice?>? find)
    {
        var checkedOn = spec.Policy?.CheckOn is { } named ? [.. named.Select(name => find?.Invoke(name)).OfType<NetDevice>()] : devices;
        foreach (var alike in checkedOn.GroupBy(device => device.Platform))
        {
            foreach (var check in spec.Policy?.Checks ?? [])
                yield return new RunLine(alike.Key, SessionLanguage.CommandLine, new Step(0, check.Command), [.. alike], Prepares: false);
        }
    }

    /// <summary>Likewise for plain commands that all devices are sent.</summary>
    public static IEnumerable<RunLine> Of(SessionLanguage language, IReadOnlyList<string> commands, IReadOnlyList<NetDevice> devices) =>
        devices.GroupBy(device => device.Platform).SelectMany(alike => commands.Select((line, number) => new RunLine(alike.Key, language, new Step(number, line), [.. alike], Prepares: false)));

    /// <summary>The devices, for people: the number of them, and one.</summary>
    public string Where => $"{Platform} ({(Devices.Count == 1 ? Devices[0].Name : $"{Devices.Count} devices, such as {Devices[0].Name}")})";
}
