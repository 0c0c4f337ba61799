namespace Trigger.Kernel.Actor.Internal;

/// <summary>The parent of all top-level actors.</summary>
internal sealed class Guardian : UntypedActor
{
    protected override void OnReceive(object message) => Unhandled(message);
}
