using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Devices.Acls;
using Trigger.Devices.Inventory;

namespace Trigger.Cli.Device;

/// <summary>Trigger's tool <c>acl</c>: display, add and remove, and the queues of what waits to be loaded.</summary>
internal sealed class AclToolVerb
{
    private const int DeviceWidth = 39;

    private readonly Argument<string[]> names = new("name") { Description = "ACLs or devices to display; devices to change.", HelpName = "NAME", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> display = new("--display", "-D") { Arity = ArgumentArity.Zero, Description = "Display devices and their ACLs, by how either begins." };
    private readonly Option<bool> exact = new("--exact", "-x") { Arity = ArgumentArity.Zero, Description = "With -D: whole names only." };
    private readonly Option<bool> deviceOnly = new("--device-name-only", "-d") { Arity = ArgumentArity.Zero, Description = "With -D: look at the names of devices only." };
    private readonly Option<string[]> add = new("--add", "-a") { Description = "Put an ACL on the devices; may be repeated.", HelpName = "ACL" };
    private readonly Option<string[]> remove = new("--remove", "-r") { Description = "Take an ACL off the devices; may be repeated.", HelpName = "ACL" };
    private readonly AclQueueOptions queues = new();
    private readonly Option<bool> quiet = new("--quiet", "-q") { Arity = ArgumentArity.Zero, Description = "Say nothing of what went well." };
    private readonly InventoryOptions inventory = new();
    private readonly AclOptions acls = new();

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new AclToolVerb();
        var tool = new Command("tool", "Trigger's tool acl, also by a link of that name: displays and changes which ACLs are on which devices, and which wait to be loaded.") { verb.names, verb.display, verb.exact, verb.deviceOnly, verb.add, verb.remove, verb.quiet };
        verb.queues.AddTo(tool);
        verb.inventory.AddTo(tool, longOnly: true);
        verb.acls.AddTo(tool);
        tool.SetAction(verb.Act);
        examples.Add(tool, "ln -s \"$(command -v trigger)\" ~/bin/acl\nacl -D 118\nacl -D -x -d core1.example.net\nacl -a 118 -a 119 core1 core2\nacl -r 118 core1\nacl -i 118 119\nacl -l");
        return tool;
    }

    private int Act(ParseResult line)
    {
        var mistakes = new Mistakes();
        var (added, removed, words) = (line.GetValue(add) ?? [], line.GetValue(remove) ?? [], line.GetValue(names) ?? []);
        if ((line.GetValue(display) ? 1 : 0) + (added.Length > 0 ? 1 : 0) + (removed.Length > 0 ? 1 : 0) + queues.Given(line) != 1)
            mistakes.Add("Give one of -D (display), -a ACL (add), -r ACL (remove), -i (inject), -c (clear), -l (list), -m (list the manual queue) and -s (list what is staged).");
        if (queues.Given(line) == 1 && !mistakes.Any)
            return Queue(line, words, mistakes);
        if (words.Length == 0)
            mistakes.Add("Give some names.");
        mistakes.Add(added.Concat(removed).Select(AclCsv.WhyNoName).OfType<string>());
        var known = InventoryOptions.Load(inventory.Files(line, mistakes), PlatformOption.Usual(), mistakes);
        if (known is null || mistakes.Any)
            return mistakes.Say(Console.Error);

        return line.GetValue(display) ? Display(line, known, words, mistakes) : Change(line, known, words, added, removed, mistakes);
    }

    private int Queue(ParseResult line, string[] words, Mistakes mistakes)
    {
        if (!queues.NeedsDevices(line))
            return queues.Show(line, acls.State(line), words, line.GetValue(quiet), mistakes);

        var known = InventoryOptions.Load(inventory.Files(line, mistakes), PlatformOption.Usual(), mistakes);
        var associations = known is null || mistakes.Any ? null : acls.Load(line, known, inventory.Context(line, mistakes), mistakes);
        return associations is null || mistakes.Any ? mistakes.Say(Console.Error) : queues.Inject(line, acls.State(line), associations, words, line.GetValue(quiet), mistakes);
    }

    private int Display(ParseResult line, NetDevices known, string[] words, Mistakes mistakes)
    {
        if (acls.Load(line, known, inventory.Context(line, mistakes), mistakes) is not { } associations || mistakes.Any)
            return mistakes.Say(Console.Error);

        var found = associations.Matching(known, words, line.GetValue(exact), matchAcl: !line.GetValue(deviceOnly), matchDevice: true);
        var width = Console.IsOutputRedirected ? 80 : Math.Max(DeviceWidth + 20, Console.WindowWidth);
        foreach (var (device, names) in found)
            Console.WriteLine(Wrapped(device.Name, names, width));
        if (found.Count > 0)
            return ExitCode.AllWell;

        Console.Error.WriteLine($"No results for [{string.Join(", ", words.Select(word => $"'{word}'"))}]");
        return ExitCode.SomeFailed;
    }

    private int Change(ParseResult line, NetDevices known, string[] words, string[] added, string[] removed, Mistakes mistakes)
    {
        var devices = new List<NetDevice>();
        foreach (var word in words)
        {
            if (known.Find(word) is { } device)
                devices.Add(device);
            else
                Console.Error.WriteLine($"skipping {word}: invalid device");
        }

        if (devices.Count == 0)
            return ExitCode.SomeFailed;

        var code = AclChange.Make(acls.State(line), added.Length > 0, devices, added.Length > 0 ? added : removed, () => acls.Load(line, known, inventory.Context(line, mistakes), mistakes));
        return devices.Count < words.Length ? ExitCode.SomeFailed : code;
    }

    internal static string Wrapped(string device, IReadOnlyList<string> names, int width)
    {
        var text = new System.Text.StringBuilder(device.PadRight(DeviceWidth));
        var column = DeviceWidth;
        foreach (var name in names)
        {
            if (column > DeviceWidth && column + name.Length + 1 > width)
            {
                text.Append('\n').Append(' ', DeviceWidth);
                column = DeviceWidth;
            }

            text.Append(' ').Append(name);
            column += name.Length + 1;
        }

        return text.ToString();
    }
}
