namespace Trigger.Kernel.Actor;

/// <summary>The new instance could not be made, or its PostRestart failed.</summary>
public sealed class PostRestartException : ActorInitializationException
{
    public PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
        : base(actor, $"Exception after restart of {actor.Path}: {cause.Message}", cause) => OriginalCause = originalCause;

    /// <summary>Why the restart was asked for.</summary>
    public Exception OriginalCause { get; }
}
