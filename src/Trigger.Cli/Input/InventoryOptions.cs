using System.CommandLine;
using Trigger.Devices;
using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;

namespace Trigger.Cli.Input;

/// <summary>Which devices: where they are listed, and which of them are meant.</summary>
internal sealed class InventoryOptions
{
    private const string FirstColumn = "Column 1: ";

    private readonly Option<string[]> inventory = new("--inventory", "-i")
    {
        Description = "Files, directories or URLs that list the devices: CSV, JSON, XML, SQLite, RANCID, Ansible, Nornir. "
            + "Default: $TRIGGER_INVENTORY, ./netdevices.csv, ~/.config/trigger/netdevices.csv, /etc/trigger/netdevices.csv, or .json.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> on = new("--on")
    {
        Description = "Which of them: names, globs (core*), field=value, field~regex, @file, group=name, not …, or, ( … ), all.",
        HelpName = "SELECTION",
    };

    private readonly Option<bool> anyStatus = new("--any-status") { Arity = ArgumentArity.Zero, Description = "Devices that are not in production, too." };

    private readonly Option<string?> groups = new("--groups")
    {
        Description = "Groups of your own, as HOCON: name = selection. Default: ./hocon/groups.conf, ~/.config/trigger/groups.conf, /etc/trigger/groups.conf, the first that exists.",
        HelpName = "FILE",
    };

    /// <param name="longOnly">Where the short names mean something else: Trigger's own tools.</param>
    public void AddTo(Command command, bool longOnly = false)
    {
        if (longOnly)
            inventory.Aliases.Clear();

        command.Add(groups);
        command.Add(on);
        command.Add(inventory);
        command.Add(anyStatus);
    }

    /// <summary>The files that are read: those named, or the first found where inventories are kept.</summary>
    public IReadOnlyList<string> Files(ParseResult line, Mistakes mistakes)
    {
        var found = Places.Inventories(line.GetValue(inventory));
        if (found.Count == 0)
            mistakes.Add("There is no inventory. Name one with --inventory FILE; the shortest is a CSV line 'router1,cisco'.");
        return found;
    }

    /// <summary>Whether devices that are not in production are meant, too.</summary>
    public bool AnyStatus(ParseResult line) => line.GetValue(anyStatus) || Configured.Settings.Flag("inventory.any-status");

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

    /// <param name="otherwise">The selection when the command line has none.</param>
    public IReadOnlyList<NetDevice> Choose(ParseResult line, NetDevices? devices, Mistakes mistakes, string otherwise = "")
    {
        // Of an inventory with mistakes nothing is chosen: a term that fits no device may be right once they are mended.
        if (devices is null || mistakes.Any)
            return [];

        var text = Selection(line) is { Length: > 0 } said ? said : otherwise;
        var context = Context(line, mistakes);
        if (mistakes.Any)
            return [];

        // The mistakes are about what was written, so the question about the status goes behind it.
        var chosen = Devices.Inventory.Selection.Choose(AnyStatus(line) ? Everybody(Written(text)) : Written(text), devices, context);
        mistakes.Add(chosen.Mistakes.Select(mistake => $"--on '{text}': {mistake}"));
        if (chosen.Mistakes.Count == 0 && chosen.Devices.Count == 0)
            mistakes.Add(devices.Count == 0 ? "The inventory lists no device." : WhyNone(text, devices, context));
        return chosen.Devices;
    }

    // Whoever asks for what is there and not in production would otherwise look for a mistake in the selection.
    private static string WhyNone(string text, NetDevices devices, SelectionContext context)
    {
        var what = text.Length == 0 ? "No device is in production" : $"--on '{text}': no device in production is meant by that";
        return Devices.Inventory.Selection.Choose(Everybody(Written(text)), devices, context).Devices.Count is > 0 and var others
            ? $"{what}; --any-status would mean {others} that {(others == 1 ? "is" : "are")} not."
            : $"--on '{text}': no device is meant by that.";
    }

    /// <summary>The devices that these words mean: names, globs, or a selection in several words. Named so, a device need not be in production.</summary>
    public IReadOnlyList<NetDevice> Named(ParseResult line, IReadOnlyList<string> words, NetDevices? devices, Mistakes mistakes)
    {
        if (devices is null || mistakes.Any)
            return [];

        var context = Context(line, mistakes);
        if (mistakes.Any)
            return [];

        var chosen = Devices.Inventory.Selection.Choose(Everybody(string.Join(' ', words)), devices, context);
        mistakes.Add(chosen.Mistakes.Select(mistake => words.Count == 1 && mistake.StartsWith(FirstColumn, StringComparison.Ordinal) ? Sentence(mistake[FirstColumn.Length..]) : mistake));
        if (chosen.Mistakes.Count == 0 && chosen.Devices.Count == 0)
            mistakes.Add($"'{string.Join(' ', words)}': no device is meant by that.");
        return chosen.Devices;
    }

    /// <summary>
    /// The devices that these words and <c>--on</c> mean, where a word may also be the address of a device that no inventory lists. No inventory is needed for addresses alone.
    /// </summary>
    /// <param name="unlisted">Makes a device of an address.</param>
    /// <param name="anyName">Whether a plain name that the inventory does not have is an address, too; else only what is a number or has a port.</param>
    public IReadOnlyList<NetDevice> NamedOrAddressed(ParseResult line, IReadOnlyList<string> words, PlatformCatalog platforms, Func<string, NetDevice> unlisted, bool anyName, Mistakes mistakes)
    {
        var files = Places.Inventories(line.GetValue(inventory));
        var loaded = files.Count == 0 ? null : Load(files, platforms, mistakes);
        if (files.Count == 0 && Selection(line).Length > 0)
            mistakes.Add("There is no inventory to choose from. Name one with --inventory FILE.");
        if (mistakes.Any)
            return [];

        var found = Selection(line).Length > 0 ? Choose(line, loaded, mistakes).ToList() : [];
        foreach (var word in words)
        {
            if (loaded?.Find(word) is { } known)
                found.Add(known);
            else if (loaded is null || System.Net.IPEndPoint.TryParse(word, out _) || (!IsSelection(word) && (anyName || word.Contains(':', StringComparison.Ordinal))))
                found.Add(unlisted(word));
            else if (IsSelection(word))
                found.AddRange(Named(line, [word], loaded, mistakes));
            else
                mistakes.Add($"There is no device '{word}' in {string.Join(", ", files)}. An address is written with its port: {word}:830.");
        }

        return [.. found.Distinct()];
    }

    // Whoever writes an operator or a glob means the inventory.
    private static bool IsSelection(string word) => word.Any("=~*?@() !<>".Contains);

    /// <summary>What a selection may refer to: the groups of the user's own.</summary>
    public SelectionContext Context(ParseResult line, Mistakes mistakes)
    {
        var found = new List<string>();
        var context = (line.GetValue(groups) ?? Places.Groups()) is { } file ? SelectionContext.WithGroups(file, found) : new SelectionContext();
        context = context with { Internal = InternalNetworks.Read(Configured.Settings.Texts("internal-networks"), found) };
        mistakes.Add(found);
        return context;
    }

    // Parentheses only where they are needed: they would move the columns that the mistakes name.
    internal static string Everybody(string text) => text.Split([' ', '\t', '\r', '\n', '(', ')', ',']).Contains("or", StringComparer.OrdinalIgnoreCase) ? $"({text}) adminStatus=*" : $"{text} adminStatus=*";

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..] + (text[^1] is '.' or '?' ? "" : ".");

    private static string Written(string text) => text.Length == 0 ? "all" : text;
}
