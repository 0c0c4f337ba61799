using Trigger.Cluster.Membership;

namespace Trigger.Cluster.Letters;

/// <summary>
/// Told to <see cref="Cluster.Post"/>: bring this to that member. Letters of one sender arrive at one receiver in order and exactly once, as long as both live; if either is
/// lost, its letters may be too. Accepted letters are not answered; the sender of this message hears of one that is not accepted by <see cref="LetterRefused"/>.
/// </summary>
/// <param name="To">The very life of a node that is meant; a restarted one gets none of its predecessor's letters.</param>
/// <param name="Kind">At most 63 characters.</param>
/// <param name="Body">At most 32 MiB. It lies in the database as it is, so it must never carry a secret.</param>
public sealed record PostLetter(MemberId To, string Kind, byte[] Body)
{
    public const int LongestBody = 32 << 20;
}

/// <summary>Told to whoever registered by <see cref="Cluster.ReceiveLetters"/>.</summary>
public sealed record LetterArrived(MemberId From, string Kind, byte[] Body);

/// <summary>Why a letter was not taken, or cannot arrive.</summary>
public enum LetterProblem
{
    /// <summary>The receiver was never, or is no longer, a member. Said of letters that had been taken, too.</summary>
    ReceiverIsGone,

    /// <summary>Too much is waiting for that receiver: the sender must slow down.</summary>
    BacklogIsFull,

    /// <summary>This node is not a member at this moment. Said of letters that had been taken before it was lost, too.</summary>
    SenderIsNoMember,

    /// <summary>Body or kind are longer than is possible.</summary>
    TooLong,
}

/// <summary>Told to the sender of a <see cref="PostLetter"/> that will not arrive. One that was taken when the receiver was lost may have arrived all the same.</summary>
public sealed record LetterRefused(PostLetter Letter, LetterProblem Problem);

/// <summary>
/// Told to <see cref="Cluster.Post"/>: say when every letter taken before this lies ready for its receiver, or will never arrive. Whoever gives a shard up flushes first, so that its last
/// letters are there when others see that it has.
/// </summary>
public sealed record FlushLetters;

/// <summary>Answers <see cref="FlushLetters"/>, in the order in which they were asked.</summary>
public sealed record LettersFlushed;

/// <summary>
/// Told to <see cref="Cluster.Post"/> by whoever receives letters: look now, and say when all that lies ready by then has been told. What another node wrote before something that is seen
/// in the database has arrived behind the answer.
/// </summary>
public sealed record SweepLetters;

/// <summary>Answers <see cref="SweepLetters"/>, behind the letters.</summary>
public sealed record LettersSwept;
