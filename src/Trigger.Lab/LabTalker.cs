namespace Trigger.Lab;

/// <summary>Begins a talk on a new connection.</summary>
/// <param name="write">Takes bytes for the client; may be called with a lock held, so it only queues them.</param>
/// <param name="close">Ends the connection after what was written.</param>
internal delegate ILabTalk LabTalker(Action<ReadOnlyMemory<byte>> write, Action close);
