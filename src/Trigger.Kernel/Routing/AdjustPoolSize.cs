namespace Trigger.Kernel.Routing;

/// <summary>Adds so many routees to a pool, or takes so many out.</summary>
public sealed class AdjustPoolSize : RouterManagementMessage
{
    public AdjustPoolSize(int change) => Change = change;

    public int Change { get; }
}
