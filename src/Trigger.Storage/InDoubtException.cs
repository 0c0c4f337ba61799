namespace Trigger.Storage;

/// <summary>The line to the database broke between the question whether to commit and its answer: all of the writing is there, or nothing. Whoever wrote must look.</summary>
public sealed class InDoubtException(string message, Exception? inner = null) : StorageException(message, inner);
