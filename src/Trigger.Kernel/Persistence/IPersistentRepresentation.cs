using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Persistence;

/// <summary>An event as a journal sees it.</summary>
public interface IPersistentRepresentation
{
    object Payload { get; }

    /// <summary>A hint for reading the payload back; empty when there is none.</summary>
    string Manifest { get; }

    string PersistenceId { get; }

    /// <summary>From 1, without gaps but for rejected events.</summary>
    long SequenceNr { get; }

    /// <summary>Which incarnation of the actor wrote it.</summary>
    string WriterGuid { get; }

    bool IsDeleted { get; }

    /// <summary>Who sent the command; not stored.</summary>
    IActorRef? Sender { get; }

    /// <summary>When it was written, in ticks of UTC; 0 when unknown.</summary>
    long Timestamp { get; }

    IPersistentRepresentation WithPayload(object payload);

    IPersistentRepresentation WithManifest(string manifest);

    IPersistentRepresentation WithTimestamp(long newTimestamp);

    IPersistentRepresentation Update(long sequenceNr, string persistenceId, bool isDeleted, IActorRef? sender, string writerGuid);
}
