using Trigger.Cluster.Membership;

namespace Trigger.Cluster.Letters;

/// <summary>What one node has to say to another, as it lies in the database.</summary>
/// <param name="Sequence">Counts from 1 in each direction between two members, without gaps.</param>
/// <param name="Kind">For the receiver to know what the body is.</param>
/// <param name="Body">Opaque here. It lies in the database as it is: it must never carry a secret.</param>
/// <param name="Id">The store's own number, 0 before it has one.</param>
public sealed record Letter(MemberId From, MemberId To, long Sequence, string Kind, byte[] Body, long Id = 0);
