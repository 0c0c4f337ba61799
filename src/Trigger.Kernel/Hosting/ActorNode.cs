namespace Trigger.Kernel.Hosting;

/// <summary>One actor as a snapshot shows it. Ours alone.</summary>
/// <param name="Path">Without the system's address, such as <c>/user/sessions</c>.</param>
/// <param name="Type">The actor's class.</param>
/// <param name="Waiting">Messages in its mailbox, roughly: others may be putting some in.</param>
/// <param name="Restarts">How often its supervisor has restarted it.</param>
/// <param name="Children">How many it has, also where the snapshot goes no deeper.</param>
/// <param name="Depth">0 for where the snapshot begins.</param>
public sealed record ActorNode(string Path, string Type, long Waiting, int Restarts, int Children, int Depth);
