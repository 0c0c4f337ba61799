using Trigger.Cluster.Membership;
namespace Trigger.Node.Clustering;

/// <summary>Sends a letter to a node, this one among them; letters from here to there arrive in their order, or not at all when either node is gone.</summary>
internal delegate void SendLetter(MemberId to, SessionLetter letter);
