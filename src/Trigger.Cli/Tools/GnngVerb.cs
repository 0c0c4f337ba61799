using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;
using Trigger.Jobs.Interfaces;
using Trigger.Node;
using Trigger.Sessions;

namespace Trigger.Cli.Tools;

/// <summary><c>gnng</c>: the interfaces of devices, with their networks and ACLs, asked of the devices themselves.</summary>
internal sealed class GnngVerb
{
    private readonly Argument<string[]> devices = new("device") { Description = "Names, or a selection.", HelpName = "DEVICE", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> all = new("--all", "-a") { Arity = ArgumentArity.Zero, Description = "Every device." };
    private readonly Option<bool> csv = new("--csv", "-c") { Arity = ArgumentArity.Zero, Description = "Print CSV: device,interface,addresses,subnets,in,out,description." };
    private readonly Option<bool> disabled = new("--include-disabled", "-d") { Arity = ArgumentArity.Zero, Description = "Interfaces that are shut down, too." };
    private readonly Option<bool> unnumbered = new("--include-unnumbered", "-u") { Arity = ArgumentArity.Zero, Description = "Interfaces without an address, too." };
    private readonly Option<string> jobs = new("--jobs", "-j") { Description = "How many devices at a time.", HelpName = "N", DefaultValueFactory = _ => "10" };
    private readonly Option<bool> nonprod = new("--nonprod", "-N") { Arity = ArgumentArity.Zero, Description = "Devices that are not in production, too." };
    private readonly Option<string?> sqldb = new("--sqldb", "-s") { Description = "Add what is found to the table dev_nets of an SQLite file.", HelpName = "FILE" };
    private readonly Option<bool> dotty = new("--dotty") { Arity = ArgumentArity.Zero, Description = "Print a graph of who shares a network with whom, for Graphviz." };
    private readonly Option<string[]> group = new("--filter-on-group") { Description = "Only devices of this owning team; may be repeated.", HelpName = "TEAM" };
    private readonly Option<string?> type = new("--filter-on-type") { Description = "Only devices of this type.", HelpName = "TYPE" };
    private readonly InventoryOptions inventory = new();
    private readonly CredentialOptions credentials = new();
    private readonly EngineOptions engine = new();
    private readonly RecordOption record = new();

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new GnngVerb();
        var gnng = new Command("gnng", "Asks devices for their interfaces, and shows them with networks and ACLs. Exit code: 0 all well, 1 some device failed, 2 bad input.") { verb.devices };
        foreach (var option in new Option[] { verb.all, verb.csv, verb.disabled, verb.unnumbered, verb.jobs, verb.nonprod, verb.sqldb, verb.dotty, verb.group, verb.type })
            gnng.Add(option);
        verb.inventory.AddTo(gnng, longOnly: true);
        verb.credentials.AddTo(gnng, longOnly: true);
        verb.engine.AddTo(gnng);
        verb.record.AddTo(gnng);
        gnng.SetAction((line, _) => verb.Act(line));
        examples.Add(gnng, "trigger gnng core1 core2\ntrigger gnng --all --csv > interfaces.csv\ntrigger gnng --on site=AMS --dotty | dot -Tsvg > network.svg\ntrigger gnng -a -s interfaces.db");
        return gnng;
    }

    private async Task<int> Act(ParseResult line)
    {
        var mistakes = new Mistakes();
        var catalog = engine.Platforms(line);
        var parallel = Numbers.Whole("--jobs", line.GetValue(jobs)!, 1, 100_000, mistakes);
        var sources = inventory.Files(line, mistakes);
        var known = InventoryOptions.Load(sources, catalog, mistakes);
        var chosen = Filtered(line, Chosen(line, known, mistakes));
        if (chosen.Count == 0 && !mistakes.Any)
            mistakes.Add("No device is left by the filters.");
        var login = engine.LoginLimit(line, mistakes);
        using var who = credentials.Book(line, known, mistakes);
        using var ways = engine.Ways(line, chosen, who?.First, mistakes);
        await using var recorder = record.Open(line, who, SessionLanguage.CommandLine, hidesSecrets: false, mistakes);
        if (mistakes.Any)
            return mistakes.Say(Console.Error);

        var request = new ToolRequest
        {
            Catalog = catalog, Inventory = sources, Selection = $"gnng {Asked(line)}", LoginLimit = login,
            AuthFailures = int.Parse(Configured.Settings.Text("run.auth-failures")!, System.Globalization.CultureInfo.InvariantCulture),
        };
        var found = new NetAclInfo();
        var errors = Unaskable(chosen, catalog);
        var work = Work(chosen, catalog);
        var code = work.Count == 0 ? ExitCode.SomeFailed : await new ToolEngine(engine).Send(line, request, work, parallel, who!, ways, recorder, answer => Take(answer, known!, catalog, found, errors));
        Show(line, found, errors);
        return code == ExitCode.AllWell && errors.Count > 0 ? ExitCode.SomeFailed : code;
    }

    private IReadOnlyList<NetDevice> Chosen(ParseResult line, NetDevices? known, Mistakes mistakes)
    {
        var named = line.GetValue(devices) ?? [];
        if (named.Length > 0)
            return inventory.Named(line, named, known, mistakes);

        if (!line.GetValue(all) && inventory.Selection(line).Length == 0)
            mistakes.Add("Name some devices, or say --all.");
        return line.GetValue(nonprod) && inventory.Selection(line).Length == 0 && !mistakes.Any ? known?.All ?? [] : inventory.Choose(line, known, mistakes);
    }

    private List<NetDevice> Filtered(ParseResult line, IReadOnlyList<NetDevice> chosen)
    {
        var (teams, wanted) = (line.GetValue(group) ?? [], line.GetValue(type));
        return
        [
            .. chosen
                .Where(device => teams.Length == 0 || teams.Contains(device.OwningTeam, StringComparer.OrdinalIgnoreCase))
                .Where(device => wanted is null || device.DeviceType.Equals(wanted, StringComparison.OrdinalIgnoreCase)),
        ];
    }

    private static List<ToolWork> Work(IEnumerable<NetDevice> chosen, PlatformCatalog catalog) =>
    [
        .. chosen.Select(device => (Device: device, Commands: NetAclInfo.CommandsFor(catalog.Get(device.Platform))))
            .Where(pair => pair.Commands.Count > 0)
            .GroupBy(pair => string.Join('\n', pair.Commands))
            .Select(same => new ToolWork([.. same.Select(pair => pair.Device)], same.First().Commands)),
    ];

    private static SortedDictionary<string, string> Unaskable(IEnumerable<NetDevice> chosen, PlatformCatalog catalog)
    {
        var none = new NetAclInfo();
        foreach (var device in chosen.Where(device => NetAclInfo.CommandsFor(catalog.Get(device.Platform)).Count == 0))
            none.Add(device, catalog.Get(device.Platform), []);
        return new SortedDictionary<string, string>(none.Errors.ToDictionary(), StringComparer.Ordinal);
    }

    private static void Take(ToolAnswer answer, NetDevices known, PlatformCatalog catalog, NetAclInfo found, SortedDictionary<string, string> errors)
    {
        if (!answer.IsWhole)
            errors[answer.Device] = answer.Fault ?? "it did not answer";
        else
            found.Add(known[answer.Device], catalog.Get(known[answer.Device].Platform), answer.Steps.Select(step => step.Outcome.Output));
    }

    private void Show(ParseResult line, NetAclInfo found, SortedDictionary<string, string> errors)
    {
        var shown = found.Config.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<InterfaceInfo>)[.. pair.Value.Where(info => Wanted(line, info))]);
        if (line.GetValue(dotty))
        {
            if (InterfaceText.Dotty(shown) is { } graph)
                Console.Write(graph);
            else
                Console.Error.WriteLine("No valid links for dotty generation.");
        }
        else if (line.GetValue(csv))
        {
            foreach (var row in shown.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => InterfaceText.Csv(pair.Key, pair.Value)))
                Console.WriteLine(row);
        }
        else if (line.GetValue(sqldb) is null)
        {
            foreach (var (device, interfaces) in shown.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                Console.WriteLine(InterfaceText.Table(device, interfaces));
        }

        if (line.GetValue(sqldb) is { } file)
            InterfaceTable.Add(file, shown.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value.Select(info => (pair.Key, info))));
        foreach (var (device, reason) in errors.Concat(found.Errors))
            Console.Error.WriteLine($"trigger: {device}: {reason}");
    }

    private bool Wanted(ParseResult line, InterfaceInfo info) =>
        (!info.IsDisabled || line.GetValue(disabled)) && (!info.IsUnnumbered || line.GetValue(unnumbered));

    private string Asked(ParseResult line) =>
        line.GetValue(devices) is { Length: > 0 } named ? string.Join(' ', named) : inventory.Selection(line) is { Length: > 0 } text ? text : "all";
}
