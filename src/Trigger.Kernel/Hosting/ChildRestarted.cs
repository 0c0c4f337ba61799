using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Hosting;

/// <summary>Published on the event stream whenever a supervisor restarts a child. Ours alone, and always on: a restart is news.</summary>
/// <param name="Path">Whose instance is replaced.</param>
/// <param name="Cause">What the failing child threw; under an all-for-one strategy that child may be a sibling.</param>
/// <param name="FailedMessage">What the child was handling as it failed; null for a sibling, or when it failed outside of a message.</param>
/// <param name="Count">How often this incarnation was restarted, this time included.</param>
public sealed record ChildRestarted(ActorPath Path, Exception Cause, object? FailedMessage, int Count);
