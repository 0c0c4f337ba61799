using Trigger.Devices;
using Trigger.Devices.Inventory;

namespace Trigger.Cli.Input;

/// <summary>Which devices want a full commit: the setting <c>full-commit</c>, which Trigger calls <c>JUNIPER_FULL_COMMIT_FIELDS</c>.</summary>
internal static class FullCommits
{
    /// <summary>What a full commit is over NETCONF (Junos XML protocol, <c>commit-configuration</c>).</summary>
    public const string Operation = "<commit-configuration><full/></commit-configuration>";

    /// <param name="known">The inventory that is chosen from; with null none is.</param>
    public static IReadOnlySet<NetDevice> Read(NetDevices? known, SelectionContext context, Mistakes mistakes)
    {
        if (known is null || Configured.Settings.Text("full-commit") is not { Length: > 0 } text)
            return new HashSet<NetDevice>();

        var chosen = Selection.Choose(InventoryOptions.Everybody(text), known, context);
        mistakes.Add(chosen.Mistakes.Select(mistake => $"trigger.full-commit '{text}': {mistake}"));
        return chosen.Devices.ToHashSet();
    }
}
