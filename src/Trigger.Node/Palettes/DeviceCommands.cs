using Trigger.Devices.Inventory;
using Trigger.Node.Security;

namespace Trigger.Node.Palettes;

/// <summary><c>device …</c>.</summary>
internal static class DeviceCommands
{
    public static IEnumerable<CommandDefinition> Of(NodeHost node)
    {
        yield return CommandDefinition.Of("device", "list", "[SELECTION…]", "The devices that a selection means, and which node talks to each.", Role.Viewer, call =>
        {
            var text = call.Words.Count == 0 ? "all" : string.Join(' ', call.Words);
            var chosen = Selection.Choose(text, node.Inventory.Current, node.Selections);
            return chosen.Mistakes.Count > 0 ? throw new CommandException(string.Join('\n', chosen.Mistakes)) : chosen.Devices.Select(device => new CommandLine(
                $"{device.Name,-24} {device.Platform,-16} {device.Host,-24} {node.HomeOf(device)?.Owner.Node ?? "-"}",
                new { device = device.Name, platform = device.Platform, host = device.Host, node = node.HomeOf(device)?.Owner.Node }));
        });
        yield return CommandDefinition.Of("device", "show", "DEVICE", "One device.", Role.Viewer, call =>
        {
            var name = call.Only("which device");
            var device = node.Inventory.Current.Find(name) ?? throw new CommandException($"There is no device '{name}'.");
            return device.Fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => new CommandLine($"{field.Key}: {field.Value}", new { field = field.Key, value = field.Value }))
                .Prepend(new CommandLine($"{device.Name}: {device.Vendor} {device.Platform} at {device.Host}", new { device = device.Name, vendor = device.Vendor, platform = device.Platform, host = device.Host }));
        });
        yield return CommandDefinition.Of("device", "home", "DEVICE", "Which node may talk to a device now, and under which epoch.", Role.Viewer, call =>
        {
            var name = call.Only("which device");
            var device = node.Inventory.Current.Find(name) ?? throw new CommandException($"There is no device '{name}'.");
            var home = node.HomeOf(device);
            return [new CommandLine(home is { } at ? $"{at.Owner.Node}, epoch {at.Epoch}" : "no node, now", new { device = name, node = home?.Owner.Node, epoch = home?.Epoch })];
        });
        yield return CommandDefinition.Of("device", "reload", "", "Reads the inventory again, now.", Role.Admin, async call =>
        {
            await node.Audit.Record(call.Caller, "inventory-reload", node.Name).ConfigureAwait(false);
            var reload = node.Inventory.Reload();
            return reload.Taken ? [new CommandLine($"{reload.Devices.All.Count} devices.", new { devices = reload.Devices.All.Count })] : throw new CommandException($"The inventory is left as it was:\n{string.Join('\n', reload.Mistakes)}");
        });
    }
}
