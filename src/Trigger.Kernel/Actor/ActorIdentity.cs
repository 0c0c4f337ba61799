namespace Trigger.Kernel.Actor;

/// <summary>The answer to <see cref="Identify"/>; the subject is null when nobody lives at the path.</summary>
public sealed record ActorIdentity(object? MessageId, IActorRef? Subject);
