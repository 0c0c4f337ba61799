namespace Trigger.Storage;

/// <summary>Tells the journal how events are written and read. Storage knows no event's meaning; whoever composes the node does.</summary>
/// <param name="Write">Throws for an object that is no event of ours; the write is then rejected and the actor told.</param>
/// <param name="Read">From type and body.</param>
public sealed record EventCodec(Func<object, StoredEvent> Write, Func<string, byte[], object> Read);
