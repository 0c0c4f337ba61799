using System.CommandLine;
using System.Globalization;
using Trigger.Cli.Input;
using Trigger.Devices.Acls;
using Trigger.Devices.Inventory;
using Trigger.Node;

namespace Trigger.Cli.Device;

/// <summary>Where it is kept which ACLs are on which devices: the state directory, and the site's policy.</summary>
internal sealed class AclOptions
{
    private readonly Option<StatePlace> state = StateOption.Create();

    private readonly Option<string?> policy = new("--autoacl")
    {
        Description = "The site's policy: which ACLs devices have without anybody saying so for each. Default: ./hocon/autoacl.conf, ~/.config/trigger/autoacl.conf, /etc/trigger/autoacl.conf, the first that exists.",
        HelpName = "FILE",
    };

    /// <summary>On how many devices an ACL must be to count as one of many.</summary>
    public static int BulkThreshold => int.Parse(Configured.Settings.Text("acl.bulk-threshold")!, CultureInfo.InvariantCulture);

    public void AddTo(Command command)
    {
        command.Add(state);
        command.Add(policy);
    }

    public string State(ParseResult line) => line.GetValue(state)!.Address;

    /// <summary>Null when there are mistakes.</summary>
    public AutoAcl? Policy(ParseResult line, NetDevices inventory, SelectionContext context, Mistakes mistakes)
    {
        if ((line.GetValue(policy) ?? Places.AutoAcl()) is not { } file)
            return AutoAcl.None;

        var found = new List<string>();
        var read = AutoAcl.ReadFile(file, inventory, context, found);
        mistakes.Add(found);
        return read;
    }

    /// <summary>Null when there are mistakes.</summary>
    public AclAssociations? Load(ParseResult line, NetDevices inventory, SelectionContext context, Mistakes mistakes) =>
        Policy(line, inventory, context, mistakes) is { } read ? new AclAssociations(inventory, AclRecords.Read(State(line)), read) : null;
}
