namespace Trigger.Kernel.Actor;

/// <summary>An actor whose <see cref="Stash"/> is set before its PreStart.</summary>
public interface IActorStash
{
    IStash Stash { get; set; }
}
