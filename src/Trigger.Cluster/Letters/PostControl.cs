using Trigger.Cluster.Membership;
using Trigger.Kernel.Actor;

namespace Trigger.Cluster.Letters;

/// <summary>This node is a member from now on, under a new number.</summary>
internal sealed record PostOpened(MemberId Self);

/// <summary>It is none any more.</summary>
internal sealed record PostClosed;

/// <summary>Letters may lie ready.</summary>
internal sealed record LettersWait;

internal sealed record MemberIsGone(MemberId Member);

internal sealed record DeliverTo(IActorRef Receiver);
