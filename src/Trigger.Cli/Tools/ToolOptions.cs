using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Devices.Inventory;

namespace Trigger.Cli.Tools;

/// <summary>The options that <c>run_cmds</c> and <c>load_config</c> share: which devices, what is sent to them, and whether it is sent at all.</summary>
internal sealed class ToolOptions
{
    private readonly Option<string[]> devices = new("--devices", "-d") { Description = "Devices, separated by commas.", HelpName = "NAME,…" };
    private readonly Option<string[]> deviceFiles = new("--device-file", "-D") { Description = "Files of devices, one a line.", HelpName = "FILE,…" };
    private readonly Option<string[]> config = new("--config", "-c");
    private readonly Option<string[]> configFiles = new("--config-file", "-C");
    private readonly Option<string?> folder = new("--device-path", "-p") { Description = "A directory with a file for each device, by its name; each is sent to its device.", HelpName = "DIR" };
    private readonly Option<bool> quiet = new("--quiet", "-q") { Arity = ArgumentArity.Zero, Description = "Print nothing but faults." };
    private readonly Option<string> jobs = new("--jobs", "-j") { Description = "How many devices at a time.", HelpName = "N", DefaultValueFactory = _ => "5" };
    private readonly Option<string> timeout = new("--timeout", "-t") { Description = "How long one command may take.", HelpName = "TIME", DefaultValueFactory = _ => "30s" };
    private readonly Option<bool> push = new("--push") { Arity = ArgumentArity.Zero, Description = "Send it. Without this, it is only shown what would be sent." };
    private readonly Option<bool> verbose = new("--verbose", "-v") { Arity = ArgumentArity.Zero, Description = "Say which devices were chosen, and the way of each command." };

    /// <param name="what">What is sent: "commands".</param>
    public ToolOptions(string what)
    {
        config.Description = $"The {what} to send, separated by commas; may be repeated.";
        config.HelpName = "TEXT,…";
        configFiles.Description = $"Files of {what}, one a line; lines that begin with # or ! are left out.";
        configFiles.HelpName = "FILE,…";
    }

    public bool Pushes(ParseResult line) => line.GetValue(push);

    public bool IsQuiet(ParseResult line) => line.GetValue(quiet);

    public bool IsVerbose(ParseResult line) => line.GetValue(verbose);

    public int Parallel(ParseResult line, Mistakes mistakes) => Numbers.Whole("--jobs", line.GetValue(jobs)!, 1, 100_000, mistakes);

    public TimeSpan? Timeout(ParseResult line, Mistakes mistakes) => Numbers.Time("--timeout", line.GetValue(timeout), mistakes);

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { devices, deviceFiles, config, configFiles, folder, quiet, jobs, timeout, push, verbose })
            command.Add(option);
    }

    /// <summary>Each device that is meant, with the text that is meant for it and where that was written. Whatever was named, in production or not.</summary>
    public IReadOnlyList<(NetDevice Device, IReadOnlyList<ToolText> Texts)> Read(ParseResult line, InventoryOptions inventory, NetDevices? known, Mistakes mistakes)
    {
        var chosen = Chosen(line, inventory, known, mistakes);
        var typed = string.Join('\n', Words(line.GetValue(config)));
        var common = (typed.Length > 0 ? [new ToolText("-c", typed)] : Array.Empty<ToolText>()).Concat(Words(line.GetValue(configFiles)).Select(file => File_(file, "-C", mistakes)).OfType<ToolText>()).ToList();
        if (line.GetValue(folder) is not { } directory)
            return [.. chosen.Select(device => (device, (IReadOnlyList<ToolText>)common))];

        var own = OwnTexts(directory, inventory, line, known, mistakes);
        var all = chosen.Count > 0 ? chosen : [.. own.Keys.Order(NetDevice.ByName)];
        return [.. all.Select(device => (device, (IReadOnlyList<ToolText>)[.. common, .. own.TryGetValue(device, out var text) ? [text] : Array.Empty<ToolText>()]))];
    }

    private IReadOnlyList<NetDevice> Chosen(ParseResult line, InventoryOptions inventory, NetDevices? known, Mistakes mistakes)
    {
        var names = Words(line.GetValue(devices)).ToList();
        foreach (var file in Words(line.GetValue(deviceFiles)))
            names.AddRange(File_(file, "-D", mistakes)?.Lines.Select(text => text.Trim()).Where(text => text.Length > 0 && text[0] != '#') ?? []);
        if (known is null || mistakes.Any)
            return [];

        if (names.Count > 0)
            return inventory.Named(line, names, known, mistakes);

        if (inventory.Selection(line).Length > 0)
            return inventory.Choose(line, known, mistakes);

        if (line.GetValue(folder) is null)
            mistakes.Add("You must specify at least one device: -d NAME,…, -D FILE, -p DIR or --on SELECTION.");
        return [];
    }

    private static Dictionary<NetDevice, ToolText> OwnTexts(string directory, InventoryOptions inventory, ParseResult line, NetDevices? known, Mistakes mistakes)
    {
        var texts = new Dictionary<NetDevice, ToolText>();
        if (!Directory.Exists(directory))
        {
            mistakes.Add($"-p: there is no directory '{directory}'.");
            return texts;
        }

        foreach (var file in Directory.EnumerateFiles(directory).Where(file => Path.GetFileName(file)[0] != '.').Order(StringComparer.Ordinal))
        {
            // A name may have dots of its own, so that the whole one counts before the one without an ending.
            var device = known?.Find(Path.GetFileName(file)) ?? known?.Find(Path.GetFileNameWithoutExtension(file));
            if (device is null && known is not null)
                mistakes.Add($"{file}: there is no device '{Path.GetFileName(file)}' in the inventory.");
            else if (device is not null && File_(file, "-p", mistakes) is { } text && !texts.TryAdd(device, text))
                mistakes.Add($"{file}: there is another file for {device.Name}.");
        }

        if (texts.Count == 0 && !mistakes.Any)
            mistakes.Add($"-p: '{directory}' has no file.");
        return texts;
    }

    private static IEnumerable<string> Words(string[]? given) => (given ?? []).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static ToolText? File_(string path, string option, Mistakes mistakes)
    {
        try
        {
            return new ToolText(path, File.ReadAllText(path));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"{option} {path}: {unreadable.Message}");
            return null;
        }
    }
}
