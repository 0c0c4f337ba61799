namespace Trigger.Kernel.Actor;

public static class ActorRefFactoryExtensions
{
    public static IActorRef ActorOf<TActor>(this IActorRefFactory factory, string? name = null)
        where TActor : ActorBase, new() => factory.ActorOf(Props.Create(static () => new TActor()), name);

    /// <param name="anchorRef">Where a relative path begins.</param>
    public static ActorSelection ActorSelection(this IActorRefFactory factory, IActorRef anchorRef, string actorPath) =>
        factory.ActorSelection(actorPath.StartsWith('/') ? actorPath : $"{anchorRef.Path.ToStringWithoutAddress()}/{actorPath}");
}
