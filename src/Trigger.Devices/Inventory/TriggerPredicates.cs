using System.Text;
using Trigger.Devices.Platforms;

namespace Trigger.Devices.Inventory;

/// <summary>
/// What Trigger asks of a device, answered from its type and platform. Where Trigger looked at the vendor, make and model, the rules of <c>vendors.conf</c> have done so already.
/// </summary>
public static class TriggerPredicates
{
    public static bool IsRouter(this NetDevice device) => device.DeviceType == "ROUTER";

    public static bool IsSwitch(this NetDevice device) => device.DeviceType == "SWITCH";

    public static bool IsFirewall(this NetDevice device) => device.DeviceType == "FIREWALL";

    public static bool IsNetscaler(this NetDevice device) => device.Platform == "netscaler";

    public static bool IsNetscreen(this NetDevice device) => device.Platform == "juniper_screenos";

    public static bool IsPica8(this NetDevice device) => device.Platform == "pica8";

    public static bool IsCumulus(this NetDevice device) => device.Platform == "cumulus_linux";

    public static bool IsBrocadeVdx(this NetDevice device) => device.Platform == "brocade_nos";

    public static bool IsCiscoAsa(this NetDevice device) => device.Platform == "cisco_asa";

    public static bool IsCiscoNexus(this NetDevice device) => device.Platform == "cisco_nxos";

    /// <summary>Whether its command line has IOS's two levels and configuration mode; Trigger had a list of nine vendors for it.</summary>
    public static bool IsIosLike(this NetDevice device, PlatformCatalog catalog) =>
        catalog.Get(device.Platform) is { Configure.Enter: "configure terminal" or "configure" or "config" } platform && platform.Modes.Any(mode => mode.Name == "privileged");

    /// <summary>What is typed after login: paging off, width.</summary>
    public static IReadOnlyList<string> StartupCommands(this NetDevice device, PlatformCatalog catalog) => catalog.Get(device.Platform).OnOpen;

    /// <summary>What makes a change last: the commit, then the save, where the platform has them.</summary>
    /// <param name="full">Whether the device is one whose commit must be a full one (Trigger's <c>JUNIPER_FULL_COMMIT_FIELDS</c>, the setting <c>full-commit</c>).</param>
    public static IReadOnlyList<string> CommitCommands(this NetDevice device, PlatformCatalog catalog, bool full = false) =>
        catalog.Get(device.Platform).Configure is { } configure ? [.. configure.CommitFor(full), .. configure.Save] : [];

    /// <summary>What ends a typed line.</summary>
    public static string Delimiter(this NetDevice device, PlatformCatalog catalog) =>
        device.Protocol == Protocol.Telnet ? catalog.Get(device.Platform).TelnetLineEnd : catalog.Get(device.Platform).LineEnd;

    public static bool RequiresAsyncPty(this NetDevice device, PlatformCatalog catalog) => catalog.Get(device.Platform).Terminal;

    /// <summary>TextFSM's name for the system, <c>vendor_operatingsystem</c>, for the few that Trigger's templates know; else null.</summary>
    public static string? Os(this NetDevice device) => (device.Vendor, device.OperatingSystem?.ToLowerInvariant()) switch
    {
        ("cisco", "ios" or "nxos") or ("arista", "eos") => $"{device.Vendor}_{device.OperatingSystem!.ToLowerInvariant()}",
        _ => null,
    };

    /// <summary>Trigger's block of text about a device, byte for byte: a tab before each line, what is unknown as <c>None</c>.</summary>
    public static string Dump(this NetDevice device)
    {
        var text = new StringBuilder("\n");
        Line("Hostname:", device.Name);
        Line("Owning Org.:", device.Owner);
        Line("Owning Team:", device.OwningTeam);
        Line("OnCall Team:", device.OnCallName);
        text.Append('\n');
        Line("Vendor:", $"{Title(device.Vendor)} ({device.Manufacturer})");
        Line("Make:", device.Make);
        Line("Model:", device.Model);
        Line("Type:", device.DeviceType);
        Line("Location:", $"{device.Site ?? "None"} {device.Room ?? "None"} {device.Coordinate ?? "None"}");
        text.Append('\n');
        Line("Project:", device.ProjectName);
        Line("Serial:", device.SerialNumber);
        Line("Asset Tag:", device.AssetId);
        Line("Budget Code:", $"{device.BudgetCode ?? "None"} ({device.BudgetName ?? "None"})");
        text.Append('\n');
        Line("Admin Status:", device.AdminStatus);
        Line("Lifecycle Status:", device.LifecycleStatus);
        Line("Operation Status:", device.OperationStatus);
        Line("Last Updated:", device.LastUpdate);
        return text.Append('\n').ToString();

        void Line(string label, string? value) => text.Append('\t').Append(label.PadRight(19)).Append(value ?? "None").Append('\n');
    }

    private static string Title(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];
}
