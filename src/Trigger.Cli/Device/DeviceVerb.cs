using System.CommandLine;
using System.Text.Json;
using Trigger.Cli.Input;
using Trigger.Cli.Output;
using Trigger.Devices;
using Trigger.Devices.Acls;
using Trigger.Devices.Inventory;

namespace Trigger.Cli.Device;

/// <summary><c>trigger device</c>: what the inventory says.</summary>
internal static class DeviceVerb
{
    public static Command Create(Dictionary<Command, string> examples)
    {
        var device = new Command("device", "Shows the inventory.") { List(examples), Show(examples), ReachVerb.Create(examples), ConvertVerb.Create(examples), DeviceAclVerb.Create(examples) };
        examples.Add(device, "trigger device list --on 'vendor=cisco'\ntrigger device show core1\ntrigger device acl add 118 core1 core2");
        return device;
    }

    private static Command List(Dictionary<Command, string> examples)
    {
        var options = new InventoryOptions();
        var json = new Option<bool>("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line, under the source's own field names." };
        var list = new Command("list", "Lists devices.") { json };
        options.AddTo(list);
        list.SetAction(line => Read(line, options, null, (devices, _, _) =>
        {
            if (line.GetValue(json))
                WriteJson(devices);
            else
                WriteList(devices);
            return ExitCode.AllWell;
        }));
        examples.Add(list, "trigger device list --inventory netdevices.csv\ntrigger device list --on 'site=AMS not name=core*' --json");
        return list;
    }

    private static Command Show(Dictionary<Command, string> examples)
    {
        var (options, acls) = (new InventoryOptions(), new AclOptions());
        var name = new Argument<string[]>("device") { Description = "Names, or a selection.", HelpName = "DEVICE", Arity = ArgumentArity.ZeroOrMore };
        var show = new Command("show", "Shows all that is known of devices, and the ACLs on them.") { name };
        options.AddTo(show);
        acls.AddTo(show);
        show.SetAction(line => Read(line, options, line.GetValue(name), (devices, loaded, mistakes) =>
        {
            var associations = acls.Load(line, loaded, options.Context(line, mistakes), mistakes);
            if (associations is null || mistakes.Any)
                return mistakes.Say(Console.Error);

            var bulk = associations.Bulk(AclOptions.BulkThreshold).ToHashSet(StringComparer.Ordinal);
            var context = options.Context(line, mistakes);
            foreach (var (device, i) in devices.Select((device, i) => (device, i)))
            {
                if (i > 0)
                    Console.WriteLine();
                WriteOne(device, context.Internal.Has(device), associations.Of(device), bulk);
            }

            return ExitCode.AllWell;
        }));
        examples.Add(show, "trigger device show core1\ntrigger device show 'core*' --inventory netdevices.csv");
        return show;
    }

    /// <summary>Reads the inventory and chooses: the devices that the words mean, else those of <c>--on</c>.</summary>
    public static int Read(ParseResult line, InventoryOptions options, IReadOnlyList<string>? named, Func<IReadOnlyList<NetDevice>, NetDevices, Mistakes, int> act)
    {
        var mistakes = new Mistakes();
        var loaded = InventoryOptions.Load(options.Files(line, mistakes), PlatformOption.Usual(), mistakes);
        var devices = named is { Count: > 0 } ? options.Named(line, named, loaded, mistakes) : options.Choose(line, loaded, mistakes);
        return mistakes.Any ? mistakes.Say(Console.Error) : act(devices, loaded!, mistakes);
    }

    private static void WriteList(IReadOnlyList<NetDevice> devices)
    {
        if (!Screens.OutputIsTerminal)
        {
            foreach (var device in devices)
                Console.WriteLine($"{device.Name}  {device.Vendor}  {device.DeviceType}  {device.Platform}  {device.Protocol.ToString().ToLowerInvariant()}  {Address(device)}");
            return;
        }

        // Most inventories dial the name itself. A row that is too long goes on in the next line, so that no name is broken that somebody wants to copy.
        string[][] rows = [["device", "vendor", "type", "platform", "reached by"], .. devices.Select(device => new[] { device.Name, device.Vendor, device.DeviceType, device.Platform, Way(device) })];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
            Console.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    private static void WriteOne(NetDevice device, bool? isInternal, DeviceAcls acls, HashSet<string> bulk)
    {
        Console.WriteLine($"""
            device        {device.Name}
            vendor        {device.Vendor} ({device.Manufacturer})
            type          {device.DeviceType}
            platform      {device.Platform}
            reached by    {device.Protocol.ToString().ToLowerInvariant()} {Address(device)}{(isInternal == true ? " (internal network)" : "")}
            admin status  {device.AdminStatus}
            from          {device.Source}
            """);
        foreach (var (kind, names) in new[] { ("explicit ACLs", acls.Explicit), ("implicit ACLs", acls.Implicit), ("bulk ACLs    ", [.. acls.All.Where(bulk.Contains)]) })
        {
            if (names.Count > 0)
                Console.WriteLine($"{kind} {string.Join(' ', names)}");
        }

        foreach (var (field, value) in device.Fields.OrderBy(field => field.Key, StringComparer.OrdinalIgnoreCase))
            Console.WriteLine($"  {field} = {value}");
    }

    private static void WriteJson(IEnumerable<NetDevice> devices)
    {
        using var output = Console.OpenStandardOutput();
        foreach (var device in devices)
        {
            using (var json = new Utf8JsonWriter(output))
            {
                json.WriteStartObject();
                foreach (var (field, value) in device.Fields)
                    json.WriteString(field, value);
                json.WriteEndObject();
            }

            output.WriteByte((byte)'\n');
        }
    }

    private static string Way(NetDevice device) =>
        $"{device.Protocol.ToString().ToLowerInvariant()} {(device.Name == device.Host || device.Name == Address(device) ? $":{Port(device)}" : Address(device))}";

    private static int Port(NetDevice device) => device.Port ?? (device.Protocol == Protocol.Telnet ? 23 : 22);

    private static string Address(NetDevice device) =>
        $"{(device.Host.Contains(':', StringComparison.Ordinal) ? $"[{device.Host}]" : device.Host)}:{Port(device)}";
}
