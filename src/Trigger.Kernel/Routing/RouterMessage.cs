namespace Trigger.Kernel.Routing;

public static class RouterMessage
{
    public static readonly Routing.GetRoutees GetRoutees = Routing.GetRoutees.Instance;
}
