using Trigger.Cluster.Membership;
using Trigger.Cluster.Running;
using Trigger.Cluster.Storing;
using Trigger.Kernel.Actor;

namespace Trigger.Cluster.Letters;

/// <summary>
/// Carries letters between nodes through the database, so that nodes need no route to each other. It writes what it has in batches while one batch is under way, and reads
/// when it is hinted at, when the node's regular look finds letters, and, where nobody hints, often while there is traffic.
/// </summary>
internal sealed class PostActor : ReceiveActor, IWithTimers
{
    private const int ReadAtOnce = 500;
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan EagerPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan EagerFor = TimeSpan.FromSeconds(2);

    private readonly ClusterSettings settings;
    private readonly IClusterStore store;
    private readonly IActorRef me = Context.Self;
    private readonly List<long> delivered = [];
    private MemberId self;
    private Outbox? outbox; // Null while the node is no member.
    private Inbox inbox = new();
    private IActorRef? receiver;
    private readonly Queue<(IActorRef Asker, long LastTaken)> flushing = [];
    private readonly List<IActorRef> sweepsToBegin = [];
    private readonly List<IActorRef> sweeping = [];
    private bool sending;
    private bool taking;
    private bool takeAgain;
    private TimeSpan eager;

    public PostActor(ClusterSettings settings, IClusterStore store)
    {
        (this.settings, this.store) = (settings, store);
        Receive<PostLetter>(Post);
        Receive<BatchSent>(Sent);
        Receive<BatchFailed>(failed => AgainLater(failed.Self, isSend: true));
        Receive<Taken>(Taken_);
        Receive<TakeFailed>(failed => AgainLater(failed.Self, isSend: false));
        Receive<SendAgain>(_ => Send(probing: true));
        Receive<LettersWait>(_ => Take());
        Receive<TakeAgain>(_ => Take());
        Receive<MemberIsGone>(gone =>
        {
            Refuse(outbox?.Drop(gone.Member) ?? [], LetterProblem.ReceiverIsGone);
            TellFlushed();
        });
        Receive<DeliverTo>(Deliver);
        Receive<FlushLetters>(Flush);
        Receive<SweepLetters>(Sweep);
        Receive<PostOpened>(Open);
        Receive<PostClosed>(_ => Close());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PostStop() => Close();

    private void Open(PostOpened opened)
    {
        Close();
        self = opened.Self;
        outbox = new Outbox(self, settings.LettersWaiting, settings.LetterBytesWaiting);
        inbox = new Inbox();
        delivered.Clear();
        sending = taking = takeAgain = false;
        Take();
    }

    private void Close()
    {
        var lost = outbox?.All.ToList() ?? [];
        outbox = null;
        Timers.CancelAll();
        Refuse(lost, LetterProblem.SenderIsNoMember);
        TellFlushed();
        TellSwept(sweepsToBegin);
        TellSwept(sweeping);
    }

    private void Post(PostLetter letter)
    {
        if (letter.To == self && outbox is not null)
        {
            receiver?.Tell(new LetterArrived(self, letter.Kind, letter.Body), Self);
            return;
        }

        var problem = letter.Body.Length > PostLetter.LongestBody || letter.Kind.Length > 63 ? LetterProblem.TooLong
            : outbox is null ? LetterProblem.SenderIsNoMember
            : outbox.Add(letter, Sender);
        if (problem is { } why)
            Refuse([(letter, Sender)], why);
        else
            Send(probing: false);
    }

    private void Send(bool probing)
    {
        if (sending || outbox is null)
            return;
        var batch = outbox.NextBatch(probing);
        if (batch.Count == 0)
        {
            if (!outbox.IsEmpty)
                Timers.StartSingleTimer("send", new SendAgain(), AgainAfter);
            return;
        }

        sending = true;
        var life = self;
        StoreCalls.Ask(() => store.Send(life, batch)).PipeTo(me, me, answer => new BatchSent(life, batch, answer), _ => new BatchFailed(life));
    }

    private void Sent(BatchSent sent)
    {
        if (sent.Self != self || outbox is null)
            return;

        sending = false;
        if (!sent.Answer.SenderIsAlive)
        {
            Timers.StartSingleTimer("send", new SendAgain(), AgainAfter); // The node will soon hear that it was removed, and then this post is closed.
            return;
        }

        foreach (var to in sent.Batch.Select(letter => letter.To).Distinct().Except(sent.Answer.Gone))
            store.Hint(to);
        Refuse(outbox.Sent(sent.Answer), LetterProblem.ReceiverIsGone);
        BeEager();
        TellFlushed();
        Send(probing: false);
    }

    private void Take()
    {
        if (taking || outbox is null || receiver is null)
        {
            takeAgain = taking;
            return;
        }

        (taking, takeAgain) = (true, false);
        sweeping.AddRange(sweepsToBegin);
        sweepsToBegin.Clear();
        var (life, done) = (self, delivered.ToArray());
        StoreCalls.Ask(() => store.Take(life, done, ReadAtOnce)).PipeTo(me, me, letters => new Taken(life, letters, done), _ => new TakeFailed(life));
    }

    private void Taken_(Taken taken)
    {
        if (taken.Self != self || outbox is null)
            return;

        taking = false;
        delivered.RemoveRange(0, taken.Done.Length);
        foreach (var letter in inbox.Sort(taken.Letters, delivered))
            receiver!.Tell(new LetterArrived(letter.From, letter.Kind, letter.Body), Self);
        if (taken.Letters.Count > 0)
            BeEager();
        if (taken.Letters.Count < ReadAtOnce)
            TellSwept(sweeping);
        if (delivered.Count > 0 || takeAgain)
            Take();
        else if (eager > TimeSpan.Zero && !store.HintsArrive)
            TakeSoon();
    }

    // Where nobody hints, an answer to what was just sent or read is looked for more often than once a second.
    private void BeEager()
    {
        if (store.HintsArrive)
            return;
        eager = EagerFor;
        if (!taking)
            TakeSoon();
    }

    private void TakeSoon()
    {
        eager -= EagerPause;
        Timers.StartSingleTimer("take", new TakeAgain(), EagerPause);
    }

    private void Deliver(DeliverTo to)
    {
        receiver = to.Receiver;
        Take();
    }

    private void Flush(FlushLetters _)
    {
        flushing.Enqueue((Sender, outbox?.LastTaken ?? 0));
        TellFlushed();
    }

    private void TellFlushed()
    {
        while (flushing.TryPeek(out var next) && outbox?.IsOut(next.LastTaken) != false)
            flushing.Dequeue().Asker.Tell(new LettersFlushed());
    }

    private void Sweep(SweepLetters _)
    {
        if (outbox is null || receiver is null)
        {
            Sender.Tell(new LettersSwept());
            return;
        }

        // What is being read now may have been looked up before.
        sweepsToBegin.Add(Sender);
        Take();
    }

    private static void TellSwept(List<IActorRef> askers)
    {
        foreach (var asker in askers)
            asker.Tell(new LettersSwept());
        askers.Clear();
    }

    private void AgainLater(MemberId life, bool isSend)
    {
        if (life != self || outbox is null)
            return;
        if (isSend)
            sending = false;
        else
            taking = false;
        Timers.StartSingleTimer(isSend ? "send" : "take", isSend ? new SendAgain() : new TakeAgain(), AgainAfter);
    }

    private void Refuse(IReadOnlyList<(PostLetter Letter, IActorRef Sender)> letters, LetterProblem problem)
    {
        foreach (var (letter, sender) in letters)
            sender.Tell(new LetterRefused(letter, problem), me);
    }

    private sealed record BatchSent(MemberId Self, IReadOnlyList<Letter> Batch, SendAnswer Answer);

    private sealed record BatchFailed(MemberId Self);

    private sealed record Taken(MemberId Self, IReadOnlyList<Letter> Letters, long[] Done);

    private sealed record TakeFailed(MemberId Self);

    private sealed record SendAgain;

    private sealed record TakeAgain;
}
