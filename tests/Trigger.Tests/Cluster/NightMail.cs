using Trigger.Cluster.Letters;
using Trigger.Cluster.Membership;
using Trigger.Kernel.Actor;

namespace Trigger.Tests.Cluster;

/// <summary>All letters of a night, and what became of each.</summary>
internal sealed class NightMail
{
    private readonly List<(string From, MemberId To, int Number)> sent = [];
    private readonly Dictionary<(MemberId From, MemberId To), List<int>> arrived = [];
    private readonly HashSet<int> refused = [];

    public int Arrived => arrived.Values.Sum(numbers => numbers.Count);

    public Props Clerk(Func<MemberId> self) => Props.Create(() => new Desk(this, self));

    public void Post(string from, MemberId to, IActorRef post, IActorRef clerk)
    {
        sent.Add((from, to, sent.Count));
        post.Tell(new PostLetter(to, "number", BitConverter.GetBytes(sent.Count - 1)), clerk);
    }

    /// <summary>What was taken from a node that was never killed, for a receiver that still lives, must be there.</summary>
    public void CheckAllArrived(Func<string, bool> wasNeverKilled, Func<MemberId, bool> lives)
    {
        var there = arrived.Values.SelectMany(numbers => numbers).ToHashSet();
        var missing = sent.Where(letter => wasNeverKilled(letter.From) && lives(letter.To) && !refused.Contains(letter.Number) && !there.Contains(letter.Number)).ToList();
        Assert.True(missing.Count == 0, $"{missing.Count} of {sent.Count} letters did not arrive, the first of which is {missing.FirstOrDefault()}.");
    }

    private sealed class Desk : ReceiveActor
    {
        public Desk(NightMail mail, Func<MemberId> self)
        {
            Receive<LetterRefused>(refused => mail.refused.Add(BitConverter.ToInt32(refused.Letter.Body)));
            Receive<LetterArrived>(letter =>
            {
                var number = BitConverter.ToInt32(letter.Body);
                var pair = (letter.From, self());
                if (!mail.arrived.TryGetValue(pair, out var numbers))
                    mail.arrived[pair] = numbers = [];
                if (numbers.Count > 0 && numbers[^1] >= number)
                    mail.Mistake ??= $"Letter {number} from {letter.From} to {pair.Item2} came after {numbers[^1]}.";
                numbers.Add(number);
            });
        }
    }

    /// <summary>The first letter that came twice or out of order. Told here, because an exception would only restart the clerk.</summary>
    public string? Mistake { get; private set; }
}
