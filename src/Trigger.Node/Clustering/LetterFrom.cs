using Trigger.Cluster.Membership;
namespace Trigger.Node.Clustering;

/// <summary>A letter that has arrived.</summary>
internal sealed record LetterFrom(MemberId From, SessionLetter Letter);
