using Trigger.Cluster.Membership;

namespace Trigger.Cluster.Letters;

/// <summary>Recognises letters that come a second time. It forgets nothing while its member lives, and the letters of a new life begin at 1 again.</summary>
internal sealed class Inbox
{
    private readonly Dictionary<MemberId, long> last = [];

    /// <summary>Those of <paramref name="read"/> that are new, in order.</summary>
    /// <param name="done">Gets the numbers of all that need not lie in the database any more.</param>
    public IEnumerable<Letter> Sort(IReadOnlyList<Letter> read, List<long> done)
    {
        foreach (var letter in read.OrderBy(letter => letter.Sequence))
        {
            var previous = last.GetValueOrDefault(letter.From);
            if (letter.Sequence > previous + 1)
                continue; // An earlier one must still come. It stays where it is until then.

            done.Add(letter.Id);
            if (letter.Sequence <= previous)
                continue;
            last[letter.From] = letter.Sequence;
            yield return letter;
        }
    }
}
