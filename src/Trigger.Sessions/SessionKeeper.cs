using Trigger.Kernel.Actor;

namespace Trigger.Sessions;

/// <summary>
/// The door to all devices of this node. Whoever holds a reference to it need not know whether it is this keeper or a region of a cluster. One <see cref="VendorRouter"/> per vendor
/// stands behind it, so that a vendor's surprises and limits are its own.
/// </summary>
public sealed class SessionKeeper : ReceiveActor
{
    private readonly Dictionary<string, IActorRef> routers = new(StringComparer.Ordinal);
    private readonly SessionPlan plan;
    private readonly int perVendor;

    /// <param name="perVendor">How many sessions one vendor's devices may have open at a time.</param>
    public SessionKeeper(SessionPlan plan, int perVendor)
    {
        this.plan = plan;
        this.perVendor = perVendor;
        Receive<Reach>(reach => Router(reach.Device.Vendor).Forward(reach));
    }

    private IActorRef Router(string vendor)
    {
        if (!routers.TryGetValue(vendor, out var router))
        {
            var name = string.Concat(vendor.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
            router = Context.ActorOf(Props.Create(() => new VendorRouter(plan, perVendor)), $"{name}-{routers.Count}");
            routers.Add(vendor, router);
        }

        return router;
    }
}
