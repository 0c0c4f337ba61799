using System.CommandLine;
using Trigger.Devices;
using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;
using Trigger.Node;

namespace Trigger.Cli.Input;

/// <summary>Which devices: where they are listed, and which of them are meant.</summary>
internal sealed class InventoryOptions
{
    private readonly Option<string[]> inventory = new("--inventory", "-i")
    {
        Description = "Files, directories or URLs that list the devices: CSV, JSON, XML, SQLite, RANCID, Ansible, Nornir. "
            + "Default: $TRIGGER_INVENTORY, ./netdevices.csv, ~/.config/trigger/netdevices.csv, /etc/trigger/netdevices.csv, or .json.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> on = new("--on")
    {
        Description = "Which of them: names, globs (core*), field=value, field~regex, not …, all.",
        HelpName = "SELECTION",
    };

    private readonly Option<bool> anyStatus = new("--any-status") { Arity = ArgumentArity.Zero, Description = "Devices that are not in production, too." };

    public void AddTo(Command command)
    {
        command.Add(on);
        command.Add(inventory);
        command.Add(anyStatus);
    }

    /// <summary>The files that are read: those named, or the first found where inventories are kept.</summary>
    public IReadOnlyList<string> Files(ParseResult line, Mistakes mistakes)
    {
        var named = line.GetValue(inventory) ?? [];
        if (named.Length > 0)
            return [.. named.Select(Whole)];

        if (Places.Inventories().FirstOrDefault(place => InventoryReader.IsUrl(place) || Path.Exists(place)) is { } found)
            return [Whole(found)];

        mistakes.Add("There is no inventory. Name one with --inventory FILE; the shortest is a CSV line 'router1,cisco'.");
        return [];
    }

    /// <summary>The text of the selection; empty when none was given.</summary>
    public string Selection(ParseResult line) => string.Join(' ', line.GetValue(on) ?? []);

    public static NetDevices? Load(IReadOnlyList<string> files, PlatformCatalog platforms, Mistakes mistakes)
    {
        if (files.Count == 0)
            return null;

        var loaded = Places.Reader().Load(files, platforms);
        mistakes.Add(loaded.Mistakes);
        return loaded.Devices;
    }

    public IReadOnlyList<NetDevice> Choose(ParseResult line, NetDevices? devices, Mistakes mistakes)
    {
        // Of an inventory with mistakes nothing is chosen: a term that fits no device may be right once they are mended.
        if (devices is null || mistakes.Any)
            return [];

        var text = Selection(line);
        var chosen = Devices.Inventory.Selection.Choose((text.Length == 0 ? "all" : text) + (line.GetValue(anyStatus) ? " adminStatus=*" : ""), devices);
        mistakes.Add(chosen.Mistakes.Select(mistake => $"--on '{text}': {mistake}"));
        if (chosen.Mistakes.Count == 0 && chosen.Devices.Count == 0)
            mistakes.Add($"--on '{text}': no device is meant by that.");
        return chosen.Devices;
    }

    /// <summary>A path from the root, so that it means the same later; an address as it is.</summary>
    public static string Whole(string place) => InventoryReader.IsUrl(place) ? place : Path.GetFullPath(place);
}
