using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;

namespace Trigger.Kernel.Persistence;

/// <summary>Asks the journal to store events; answered by one message for the whole and one for each event.</summary>
public sealed record WriteMessages(IReadOnlyList<AtomicWrite> Messages, IActorRef PersistentActor, int ActorInstanceId) : IJournalRequest;

/// <summary>The whole was tried; an answer for each event follows.</summary>
public sealed record WriteMessagesSuccessful(int ActorInstanceId) : IJournalResponse;

/// <summary>Whether the events were stored is not known; a failure for each of them follows.</summary>
public sealed record WriteMessagesFailed(Exception Cause, int WriteMessageCount, int ActorInstanceId) : IJournalResponse;

public sealed record WriteMessageSuccess(IPersistentRepresentation Persistent, int ActorInstanceId) : IJournalResponse;

/// <summary>The event was refused and certainly not stored.</summary>
public sealed record WriteMessageRejected(IPersistentRepresentation Persistent, Exception Cause, int ActorInstanceId) : IJournalResponse;

public sealed record WriteMessageFailure(IPersistentRepresentation Persistent, Exception Cause, int ActorInstanceId) : IJournalResponse;

/// <summary>Asks for events, both ends included; answered by <see cref="ReplayedMessage"/> each and one end.</summary>
public sealed record ReplayMessages(long FromSequenceNr, long ToSequenceNr, long Max, string PersistenceId, IActorRef PersistentActor) : IJournalRequest;

public sealed record ReplayedMessage(IPersistentRepresentation Persistent) : IJournalResponse, IDeadLetterSuppression;

public sealed record RecoverySuccess(long HighestSequenceNr) : IJournalResponse, IDeadLetterSuppression;

public sealed record ReplayMessagesFailure(Exception Cause) : IJournalResponse, IDeadLetterSuppression;

public sealed record DeleteMessagesTo(string PersistenceId, long ToSequenceNr, IActorRef PersistentActor) : IJournalRequest;

public sealed record DeleteMessagesSuccess(long ToSequenceNr);

public sealed record DeleteMessagesFailure(Exception Cause, long ToSequenceNr);
