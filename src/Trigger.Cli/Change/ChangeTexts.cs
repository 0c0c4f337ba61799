using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Devices.Inventory;
using Trigger.Jobs;

namespace Trigger.Cli.Change;

/// <summary>The configuration lines: the same for all devices, or a file for each.</summary>
internal sealed class ChangeTexts
{
    private readonly Argument<string[]> files = new("file") { Description = "Files of configuration lines; - is standard input.", Arity = ArgumentArity.ZeroOrMore, HelpName = "FILE" };
    private readonly Option<string[]> lines = new("-c", "--config") { Description = "A configuration line; repeat for more.", HelpName = "LINE" };

    private readonly Option<string?> folder = new("--from-dir")
    {
        Description = "A directory with a file for each device, by its name, with or without an ending; a device without one is a mistake.", HelpName = "DIR",
    };

    public void AddTo(Command command)
    {
        command.Add(files);
        command.Add(lines);
        command.Add(folder);
    }

    /// <summary>What is loaded on all of them, or a set for each device that has a file of its own, and which set is whose.</summary>
    public (IReadOnlyList<string> Common, IReadOnlyList<CommandSet>? Sets, Func<NetDevice, int?>? SetOf) Read(ParseResult line, NetDevices? known, IReadOnlyList<NetDevice> devices, Mistakes mistakes)
    {
        var (given, named) = (line.GetValue(lines) ?? [], line.GetValue(files) ?? []);
        if (line.GetValue(folder) is { } directory)
        {
            var common = given.Length == 0 && named.Length == 0 ? [] : CommandLines.Gather(given, named, null, mistakes);
            return OwnTexts(directory, common, known, devices, mistakes);
        }

        return (Loaded(CommandLines.Gather(given, named, Console.IsInputRedirected ? Console.In : null, mistakes)), null, null);
    }

    /// <summary>The same for a cluster, which knows the devices: what is loaded on all, and the lines of each file by its name.</summary>
    public (IReadOnlyList<string> Common, IReadOnlyDictionary<string, IReadOnlyList<string>>? Own) Raw(ParseResult line, Mistakes mistakes)
    {
        var (given, named) = (line.GetValue(lines) ?? [], line.GetValue(files) ?? []);
        if (line.GetValue(folder) is not { } directory)
            return (Loaded(CommandLines.Gather(given, named, Console.IsInputRedirected ? Console.In : null, mistakes)), null);

        var common = given.Length == 0 && named.Length == 0 ? [] : CommandLines.Gather(given, named, null, mistakes);
        if (Directory.Exists(directory))
            return (common, Files(directory).ToDictionary(file => Path.GetFileName(file), file => Loaded(CommandLines.Gather([], [file], null, mistakes))));
        mistakes.Add($"--from-dir: there is no directory '{directory}'.");
        return (common, null);
    }

    private static IEnumerable<string> Files(string directory) => Directory.EnumerateFiles(directory).Where(file => Path.GetFileName(file)[0] != '.').Order(StringComparer.Ordinal);

    private static (IReadOnlyList<string>, IReadOnlyList<CommandSet>?, Func<NetDevice, int?>?) OwnTexts(
        string directory, IReadOnlyList<string> common, NetDevices? known, IReadOnlyList<NetDevice> devices, Mistakes mistakes)
    {
        if (!Directory.Exists(directory))
        {
            mistakes.Add($"--from-dir: there is no directory '{directory}'.");
            return ([], null, null);
        }

        var (sets, setOf) = (new List<CommandSet>(), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var file in Files(directory))
        {
            // A name may have dots of its own, so that the whole one counts before the one without an ending.
            var device = known?.Find(Path.GetFileName(file)) ?? known?.Find(Path.GetFileNameWithoutExtension(file));
            if (device is null && known is not null)
                mistakes.Add($"{file}: there is no device '{Path.GetFileName(file)}' in the inventory.");
            else if (device is not null && !setOf.TryAdd(device.Name, sets.Count))
                mistakes.Add($"{file}: there is another file for {device.Name}.");
            else if (device is not null)
                sets.Add(new CommandSet(Loaded([.. common, .. CommandLines.Gather([], [file], null, mistakes)])));
        }

        mistakes.Add(devices.Where(device => !setOf.ContainsKey(device.Name)).Select(device => $"--from-dir: '{directory}' has no file for {device.Name}."));
        return ([], sets, device => setOf[device.Name]);
    }

    // What "show running-config" printed ends with a line that would end the change.
    private static IReadOnlyList<string> Loaded(IReadOnlyList<string> lines) => lines.Count > 0 && lines[^1].Trim() == "end" ? [.. lines.SkipLast(1)] : lines;
}
