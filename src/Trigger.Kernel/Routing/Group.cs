using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Routing;

/// <summary>A router over actors that others made, named by their paths.</summary>
public abstract class Group : RouterConfig, IEquatable<Group>
{
    /// <param name="paths">Absolute, or relative to the router.</param>
    /// <param name="routerDispatcher">Without effect: a system here has one dispatcher.</param>
    protected Group(IEnumerable<string> paths, string routerDispatcher)
        : base(routerDispatcher) => InternalPaths = [.. paths];

    protected string[] InternalPaths { get; }

    public abstract IEnumerable<string> GetPaths(ActorSystem system);

    public Props Props() => Actor.Props.Empty.WithRouter(this);

    public override ActorBase CreateRouterActor() => new RouterActor();

    public bool Equals(Group? other) => base.Equals(other) && InternalPaths.SequenceEqual(other!.InternalPaths);

    public override bool Equals(object? obj) => Equals(obj as Group);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), InternalPaths.Length);

    internal override IEnumerable<Routee> FirstRoutees(ActorCell cell, Props routeeProps) =>
        GetPaths(cell.System).Select(path => new ActorSelectionRoutee(cell.ActorSelection(path)));
}
