using Trigger.Sessions;

namespace Trigger.Node.Clustering;

/// <summary>A fault on its way between nodes.</summary>
/// <param name="Said">What the few faults that are told apart by more than their kind were made of.</param>
internal sealed record FaultNote(string Kind, bool Passing, string Text, string? Said = null)
{
    public static FaultNote Of(DeviceFault fault) => new(fault.Kind, fault.WorthRetrying, fault.Text, fault switch
    {
        DeviceFault.Skipped skipped => skipped.Because,
        DeviceFault.Cancelled cancelled => cancelled.By,
        DeviceFault.NodeLost lost => lost.Node,
        _ => null,
    });

    public DeviceFault Fault() => (Kind, Said) switch
    {
        ("skipped", { } because) => new DeviceFault.Skipped(because),
        ("cancelled", { } by) => new DeviceFault.Cancelled(by),
        ("node_lost", { } node) => new DeviceFault.NodeLost(node),
        _ => new DeviceFault.Told(Kind, Passing, Text),
    };
}
