using System.CommandLine;
using Trigger.Cli.Device;
using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Devices.Inventory;

namespace Trigger.Cli.Tools;

/// <summary><c>netdev</c>: shows a device, or searches the inventory by its fields.</summary>
internal sealed class NetdevVerb
{
    private readonly Option<string?> list = new("--list", "-l") { Description = "Show all about one device.", HelpName = "DEVICE" };
    private readonly Option<bool> search = new("--search", "-s") { Arity = ArgumentArity.Zero, Description = "Search; every criterion given must be contained in its field, whatever its case." };
    private readonly Option<bool> names = new("--acls", "-a") { Arity = ArgumentArity.Zero, Description = "Print the names of the ACLs on what is found, instead of the devices." };
    private readonly Option<bool> nonprod = new("--nonprod", "-N") { Arity = ArgumentArity.Zero, Description = "Devices that are not in production, too." };
    private readonly InventoryOptions inventory = new();
    private readonly AclOptions acls = new();

    // Each of Trigger's criteria, and the field that it looks into.
    private readonly (string Field, Option<string?> Option)[] criteria =
    [
        ("site", Criterion("--location", "-L", "The site.")),
        ("nodeName", Criterion("--nodename", "-n", "The name.")),
        ("deviceType", Criterion("--type", "-t", "ROUTER, SWITCH, FIREWALL, …")),
        ("owningTeam", Criterion("--owning-team", "-o", "Who owns it.")),
        ("onCallName", Criterion("--oncall-team", "-O", "Who is called for it.")),
        ("owner", Criterion("--owning-org", "-C", "The organisation that owns it.")),
        ("vendor", Criterion("--vendor", "-v", "The vendor, such as cisco.")),
        ("manufacturer", Criterion("--manufacturer", "-m", "The manufacturer, as the inventory writes it.")),
        ("budgetCode", Criterion("--budget-code", "-b", "Who pays for it.")),
        ("budgetName", Criterion("--budget-name", "-B", "Who pays for it, by name.")),
        ("make", Criterion("--make", "-k", "The make.")),
        ("model", Criterion("--model", "-M", "The model.")),
        ("coordinate", Criterion("--coordinate", "-c", "Where in the room it stands.")),
    ];

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new NetdevVerb();
        var netdev = new Command("netdev", "Shows a device, or searches the inventory. Exit code: 0 found, 1 nothing found, 2 bad input.") { verb.list, verb.search, verb.names, verb.nonprod };
        foreach (var (_, option) in verb.criteria)
            netdev.Add(option);
        verb.inventory.AddTo(netdev, longOnly: true);
        verb.acls.AddTo(netdev);
        netdev.SetAction(verb.Act);
        examples.Add(netdev, "trigger netdev -l core1\ntrigger netdev -s -v cisco -L ams\ntrigger netdev -s -n core -t router");
        return netdev;
    }

    private int Act(ParseResult line)
    {
        var mistakes = new Mistakes();
        var wanted = criteria.Where(pair => line.GetValue(pair.Option) is not null).Select(pair => (pair.Field, Value: line.GetValue(pair.Option))).ToArray();
        if (line.GetValue(list) is not null && (line.GetValue(search) || wanted.Length > 0))
            mistakes.Add("-l shows one device and -s searches for many: give one of them.");
        else if (line.GetValue(list) is null && wanted.Length == 0)
            mistakes.Add(line.GetValue(search) ? "-s needs something to search for, such as -v cisco. See: trigger netdev --help" : "Give -l DEVICE, or -s with something to search for. See: trigger netdev --help");
        var known = InventoryOptions.Load(inventory.Files(line, mistakes), PlatformOption.Usual(), mistakes);
        if (known is null || mistakes.Any)
            return mistakes.Say(Console.Error);

        return line.GetValue(list) is { } name ? Show(line, known, name) : Search(line, known, wanted);
    }

    private int Show(ParseResult line, NetDevices known, string name)
    {
        var found = known.DeviceMatch(name).Where(device => IsMeant(line, device)).ToList();
        if (found.Count == 1)
        {
            Console.WriteLine(found[0].Dump());
            return ExitCode.AllWell;
        }

        Console.Error.WriteLine(found.Count == 0 ? $"No matches for '{name}'." : $"{found.Count} possible matches found for '{name}': {string.Join(", ", found.Take(20))}{(found.Count > 20 ? ", …" : "")}");
        return ExitCode.SomeFailed;
    }

    private int Search(ParseResult line, NetDevices known, (string Field, string? Value)[] wanted)
    {
        var found = known.Match(wanted).Where(device => IsMeant(line, device)).ToList();
        if (line.GetValue(names) && found.Count > 0)
            return ShowAcls(line, known, found);

        foreach (var device in found.Order(NetDevice.ByName))
            Console.WriteLine(device.Name);
        if (found.Count > 0)
            return ExitCode.AllWell;

        Console.Error.WriteLine($"No matches for the query {string.Join(" and ", wanted.Select(pair => $"{pair.Field}={pair.Value}"))}.");
        return ExitCode.SomeFailed;
    }

    private int ShowAcls(ParseResult line, NetDevices known, List<NetDevice> found)
    {
        var mistakes = new Mistakes();
        if (acls.Load(line, known, inventory.Context(line, mistakes), mistakes) is not { } associations || mistakes.Any)
            return mistakes.Say(Console.Error);

        foreach (var acl in found.SelectMany(device => associations.Of(device).All).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            Console.WriteLine(acl);
        return ExitCode.AllWell;
    }

    private bool IsMeant(ParseResult line, NetDevice device) => line.GetValue(nonprod) || inventory.AnyStatus(line) || device.IsInProduction;

    private static Option<string?> Criterion(string name, string letter, string description) => new(name, letter) { Description = description, HelpName = "TEXT" };
}
