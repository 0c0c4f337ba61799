namespace Trigger.Storage;

/// <summary>Events of many streams that become one transaction.</summary>
/// <param name="Fences">What must still be owned, each once.</param>
internal sealed record StoredBatch(IReadOnlyList<(string Stream, long Seq, StoredEvent Event)> Events, IReadOnlyList<ShardFence> Fences);
