using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Trigger.Devices;
using Trigger.Devices.Inventory;
using Trigger.Devices.Windows;
using Trigger.Node.Security;

namespace Trigger.Node.Api;

/// <summary>Devices, and when they may be changed.</summary>
internal static class DeviceEndpoints
{
    private const int MostDevices = 10_000;

    public static void Map(WebApplication app, NodeHost node)
    {
        app.MapGet("/api/devices", (string? on, bool? anyStatus, int? skip, int? limit) => Chosen(node, on, anyStatus ?? false, devices =>
            new DevicePage(devices.Count, [.. devices.Skip(Math.Max(0, skip ?? 0)).Take(Math.Clamp(limit ?? 1000, 1, MostDevices)).Select(device => Tell(node, device))])))
            .Needs(Role.Viewer).WithTags("devices").WithSummary("The devices that a selection means.").Produces<DevicePage>();
        app.MapGet("/api/devices/{name}", (string name) => node.Inventory.Current.Find(name) is { } device
            ? Results.Ok(Tell(node, device))
            : Problems.NotFound($"There is no device '{name}'.")).Needs(Role.Viewer).WithTags("devices").WithSummary("One device, and which node talks to it.").Produces<DeviceAnswer>();
        app.MapGet("/api/windows", (string? on) => Chosen(node, on, anyStatus: true, devices => devices.Take(MostDevices).Select(device =>
        {
            var (window, now) = (node.Windows.Of(device), node.Time.GetUtcNow());
            return new WindowAnswer(device.Name, window.Status(now).ToString().ToLowerInvariant(), window.NextOk(BounceStatus.Green, now));
        }).ToArray())).Needs(Role.Viewer).WithTags("devices").WithSummary("Which bounce window devices are in now.").Produces<WindowAnswer[]>();
    }

    private static IResult Chosen<T>(NodeHost node, string? on, bool anyStatus, Func<IReadOnlyList<NetDevice>, T> tell)
    {
        var text = string.IsNullOrEmpty(on) ? "all" : on;
        var found = Selection.Choose(anyStatus ? $"({text}) adminStatus=*" : text, node.Inventory.Current, node.Selections);
        return found.Mistakes.Count > 0 ? Problems.OfMistakes([.. found.Mistakes.Select(mistake => new OrderMistake("on", mistake))]) : Results.Ok(tell(found.Devices));
    }

    private static DeviceAnswer Tell(NodeHost node, NetDevice device) => new(
        device.Name, device.Host, device.Port, device.Vendor, device.Platform, device.Protocol.ToString().ToLowerInvariant(), device.AdminStatus, device["site"],
        node.HomeOf(device)?.Owner.Node);

    internal sealed record DevicePage(int Total, IReadOnlyList<DeviceAnswer> Devices);

    /// <param name="Node">Which node may talk to it now; null while none may.</param>
    internal sealed record DeviceAnswer(string Name, string Host, int? Port, string Vendor, string Platform, string Protocol, string AdminStatus, string? Site, string? Node);

    /// <param name="NextGreen">When it may be changed without asking; null when it never is.</param>
    internal sealed record WindowAnswer(string Device, string Status, DateTimeOffset? NextGreen);
}
