using Trigger.Cluster.Membership;
using Trigger.Cluster.Storing;
using Trigger.Kernel.Actor;

namespace Trigger.Cluster.Letters;

/// <summary>
/// Letters on their way into the database. One batch is under way at a time and is sent again unchanged until it is answered: so the numbers a receiver sees have no gaps, and
/// a batch that was laid ready although its answer was lost is recognised.
/// </summary>
internal sealed class Outbox(MemberId self, int mostWaiting, long mostBytes)
{
    private const int LettersInBatch = 500;
    private const long BytesInBatch = 4 << 20;

    private readonly Dictionary<MemberId, Box> boxes = [];
    private readonly List<Letter> batch = [];
    private long bytes;

    /// <summary>The number of the letter that was taken last, over all receivers.</summary>
    public long LastTaken { get; private set; }

    public bool IsEmpty => batch.Count == 0 && boxes.Values.All(box => box.Queue.Count == 0);

    /// <returns>Null when the letter was taken.</returns>
    public LetterProblem? Add(PostLetter letter, IActorRef sender)
    {
        var box = boxes.TryGetValue(letter.To, out var known) ? known : boxes[letter.To] = new Box();
        if (box.Queue.Count >= mostWaiting || (bytes > 0 && bytes + letter.Body.Length > mostBytes))
            return LetterProblem.BacklogIsFull;

        bytes += letter.Body.Length;
        box.Queue.Enqueue((letter, sender, ++LastTaken));
        return null;
    }

    /// <summary>The batch to send: the one that was not answered, or else a new one.</summary>
    /// <param name="probing">Sends one letter even to receivers that have too many waiting, to learn whether they still have.</param>
    public IReadOnlyList<Letter> NextBatch(bool probing)
    {
        if (batch.Count > 0)
            return batch;

        var room = BytesInBatch;
        foreach (var (to, box) in boxes)
        {
            var allowed = Math.Max(mostWaiting - box.Waiting, probing ? 1 : 0);
            foreach (var (letter, _, _) in box.Queue.Take((int)Math.Min(allowed, LettersInBatch - batch.Count)))
            {
                if (batch.Count > 0 && room < letter.Body.Length)
                    return batch;
                room -= letter.Body.Length;
                batch.Add(new Letter(self, to, box.LastSent + batch.Count(other => other.To == to) + 1, letter.Kind, letter.Body));
            }
        }

        return batch;
    }

    /// <summary>The batch lies ready, except for receivers that are gone.</summary>
    /// <returns>What was taken and will not arrive.</returns>
    public IReadOnlyList<(PostLetter Letter, IActorRef Sender)> Sent(SendAnswer answer)
    {
        foreach (var letters in batch.GroupBy(letter => letter.To).Where(letters => boxes.ContainsKey(letters.Key)))
        {
            var box = boxes[letters.Key];
            foreach (var letter in letters)
            {
                bytes -= letter.Body.Length;
                box.LastSent = letter.Sequence;
                if (!answer.Gone.Contains(letters.Key))
                    box.Queue.Dequeue();
            }

            // The letters of a receiver that is gone stay in its box until it is cleared below.
            bytes += answer.Gone.Contains(letters.Key) ? letters.Sum(letter => (long)letter.Body.Length) : 0;
            box.Waiting = answer.Waiting.GetValueOrDefault(letters.Key);
        }

        batch.Clear();
        return [.. answer.Gone.SelectMany(Drop)];
    }

    /// <summary>A receiver is gone.</summary>
    public IReadOnlyList<(PostLetter Letter, IActorRef Sender)> Drop(MemberId receiver)
    {
        // A batch under way keeps its letters, as it must be sent again unchanged; the answer will say that the receiver is gone.
        if (batch.Exists(letter => letter.To == receiver) || !boxes.Remove(receiver, out var box))
            return [];
        bytes -= box.Queue.Sum(entry => (long)entry.Letter.Body.Length);
        return [.. box.Queue.Select(entry => (entry.Letter, entry.Sender))];
    }

    /// <summary>Whether no letter up to that number waits here any more.</summary>
    public bool IsOut(long number) => boxes.Values.All(box => !box.Queue.TryPeek(out var oldest) || oldest.Number > number);

    public IEnumerable<(PostLetter Letter, IActorRef Sender)> All => boxes.Values.SelectMany(box => box.Queue).Select(entry => (entry.Letter, entry.Sender));

    private sealed class Box
    {
        public Queue<(PostLetter Letter, IActorRef Sender, long Number)> Queue { get; } = [];

        public long LastSent { get; set; }

        /// <summary>How many lay ready and were not taken, when last heard.</summary>
        public long Waiting { get; set; }
    }
}
