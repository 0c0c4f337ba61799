namespace Trigger.Kernel.Actor.Internal;

internal static class Behavior
{
    internal static Receive Of(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };
}
