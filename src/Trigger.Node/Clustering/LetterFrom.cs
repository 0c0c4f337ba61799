namespace Trigger.Node.Clustering;

/// <summary>A letter that has arrived.</summary>
internal sealed record LetterFrom(NodeRef From, SessionLetter Letter);
