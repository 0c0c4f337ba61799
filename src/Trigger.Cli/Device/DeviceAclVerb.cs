using System.CommandLine;
using System.Text.Json;
using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Devices.Acls;
using Trigger.Devices.Inventory;
using Trigger.Node;

namespace Trigger.Cli.Device;

/// <summary><c>trigger device acl</c>: which ACLs are on which devices.</summary>
internal static class DeviceAclVerb
{
    public static Command Create(Dictionary<Command, string> examples)
    {
        var acl = new Command("acl", "Shows and changes which ACLs are on which devices.") { Show(examples), Change(examples, adds: true), Change(examples, adds: false), Import(examples), Export(examples), AclToolVerb.Create(examples) };
        examples.Add(acl, "trigger device acl show core1\ntrigger device acl add 118 core1 core2\ntrigger device acl export > acls.csv");
        return acl;
    }

    private static Command Show(Dictionary<Command, string> examples)
    {
        var (options, acls) = (new InventoryOptions(), new AclOptions());
        var names = new Argument<string[]>("device") { Description = "Names, or a selection. Default: every device that has one.", HelpName = "DEVICE", Arity = ArgumentArity.ZeroOrMore };
        var json = new Option<bool>("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line." };
        var show = new Command("show", "Shows the ACLs of devices: those put there by name, and those that the policy gives.") { names, json };
        options.AddTo(show);
        acls.AddTo(show);
        show.SetAction(line => DeviceVerb.Read(line, options, line.GetValue(names), (devices, loaded, mistakes) =>
        {
            if (acls.Load(line, loaded, options.Context(line, mistakes), mistakes) is not { } associations || mistakes.Any)
                return mistakes.Say(Console.Error);

            var bulk = associations.Bulk(AclOptions.BulkThreshold).ToHashSet(StringComparer.Ordinal);
            foreach (var device in devices.Where(device => associations.Of(device).All.Count > 0 || line.GetValue(names) is { Length: > 0 }))
            {
                if (line.GetValue(json))
                    WriteJson(device, associations.Of(device), bulk);
                else
                    Console.WriteLine($"{device.Name}  explicit: {Words(associations.Of(device).Explicit)}  implicit: {Words(associations.Of(device).Implicit)}");
            }

            return ExitCode.AllWell;
        }));
        examples.Add(show, "trigger device acl show core1\ntrigger device acl show --on site=AMS --json | jq -r 'select(.all|index(\"118\")).device'");
        return show;
    }

    private static Command Change(Dictionary<Command, string> examples, bool adds)
    {
        var (options, acls) = (new InventoryOptions(), new AclOptions());
        var acl = new Argument<string>("acl") { Description = "The ACL, or several separated by commas.", HelpName = "ACL" };
        var names = new Argument<string[]>("device") { Description = "Names, or a selection.", HelpName = "DEVICE", Arity = ArgumentArity.ZeroOrMore };
        var change = new Command(adds ? "add" : "remove", adds ? "Puts ACLs on devices by name." : "Takes ACLs off devices that were put there by name.") { acl, names };
        options.AddTo(change);
        acls.AddTo(change);
        change.SetAction(line =>
        {
            var named = line.GetValue(names) ?? [];
            if (named.Length == 0 && options.Selection(line).Length == 0)
            {
                Console.Error.WriteLine("trigger: say which devices: by name, or with --on; --on all means every one.");
                return ExitCode.BadInput;
            }

            return DeviceVerb.Read(line, options, named, (devices, loaded, mistakes) =>
            {
                var words = line.GetValue(acl)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                mistakes.Add(words.Select(AclCsv.WhyNoName).OfType<string>());
                return mistakes.Any ? mistakes.Say(Console.Error) : AclChange.Make(acls.State(line), adds, devices, words, () => acls.Load(line, loaded, options.Context(line, mistakes), mistakes));
            });
        });
        examples.Add(change, adds ? "trigger device acl add 118 core1 core2\ntrigger device acl add edge-in,edge-out --on 'site=AMS deviceType=ROUTER'" : "trigger device acl remove 118 core1");
        return change;
    }

    private static Command Import(Dictionary<Command, string> examples)
    {
        var (options, acls) = (new InventoryOptions(), new AclOptions());
        var file = new Argument<string>("file") { Description = "device,acl:acl, one device a line; - is standard input. Trigger's acls.csv is one.", HelpName = "FILE" };
        var skip = new Option<bool>("--skip-unknown") { Arity = ArgumentArity.Zero, Description = "Leave out devices that the inventory does not have, instead of refusing the file." };
        var import = new Command("import", "Puts ACLs on devices as a file says; what is there already stays.") { file, skip };
        options.AddTo(import);
        acls.AddTo(import);
        import.SetAction(line =>
        {
            var mistakes = new Mistakes();
            var loaded = InventoryOptions.Load(options.Files(line, mistakes), PlatformOption.Usual(), mistakes);
            var wanted = loaded is null ? [] : Wanted(line.GetValue(file)!, loaded, line.GetValue(skip), mistakes);
            if (mistakes.Any)
                return mistakes.Say(Console.Error);

            using var records = AclRecords.Open(acls.State(line));
            var added = records.Add(wanted, Environment.UserName);
            Console.WriteLine($"{added.Count} associations added, {wanted.Count - added.Count} were there already");
            return ExitCode.AllWell;
        });
        examples.Add(import, "trigger device acl import acls.csv\ntrigger device acl import --skip-unknown - < acls.csv");
        return import;
    }

    private static Command Export(Dictionary<Command, string> examples)
    {
        var acls = new AclOptions();
        var export = new Command("export", "Prints all ACLs that were put on devices by name, as 'import' takes them.");
        acls.AddTo(export);
        export.SetAction(line =>
        {
            foreach (var device in AclRecords.Read(acls.State(line)).GroupBy(pair => pair.Device, pair => pair.Acl, StringComparer.Ordinal))
                Console.WriteLine(AclCsv.Line(device.Key, device));
            return ExitCode.AllWell;
        });
        examples.Add(export, "trigger device acl export > acls.csv");
        return export;
    }

    private static List<(string Device, string Acl)> Wanted(string file, NetDevices inventory, bool skipUnknown, Mistakes mistakes)
    {
        var wanted = new List<(string, string)>();
        try
        {
            var found = new List<string>();
            using var text = file == "-" ? Console.In : File.OpenText(file);
            foreach (var (number, name, acls) in AclCsv.Read(text, file, found))
            {
                if (inventory.Find(name) is { } device)
                    wanted.AddRange(acls.Select(acl => (device.Name, acl)));
                else if (skipUnknown)
                    Console.Error.WriteLine($"trigger: skipping {name}: invalid device");
                else
                    found.Add($"{file}:{number}: there is no device '{name}' in the inventory (--skip-unknown leaves such out)");
            }

            mistakes.Add(found);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"{file}: {unreadable.Message}");
        }

        return [.. wanted.Distinct()];
    }

    private static string Words(IReadOnlyList<string> names) => names.Count == 0 ? "-" : string.Join(' ', names);

    private static void WriteJson(NetDevice device, DeviceAcls acls, HashSet<string> bulk)
    {
        using var output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("device", device.Name);
            foreach (var (name, values) in new[] { ("explicit", acls.Explicit), ("implicit", acls.Implicit), ("bulk", [.. acls.All.Where(bulk.Contains)]), ("all", acls.All) })
            {
                json.WriteStartArray(name);
                foreach (var value in values)
                    json.WriteStringValue(value);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
