using System.Text.Json;
using Trigger.Cluster.Letters;
using Trigger.Cluster.Membership;
using Trigger.Kernel.Actor;

namespace Trigger.Node.Clustering;

/// <summary>
/// Knows what all nodes know of their conversations: asks every member, adds up what comes, and names those that have not answered in time. A node of a version before this one never does.
/// </summary>
internal sealed class SessionSurvey : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Dictionary<long, Question> open = [];
    private readonly Grounds grounds;
    private long last;

    public SessionSurvey(Grounds grounds)
    {
        this.grounds = grounds;
        Receive<TellAll>(_ => Ask(new Asked(0, null)));
        Receive<Stop>(stop => Ask(new Asked(0, stop.Device)));
        Receive<Heard>(heard => Add(heard.From, heard.Answer));
        Receive<Overdue>(overdue => Close(overdue.Number));
        Receive<LetterArrived>(letter => letter.Kind == LetterKinds.AskForSessions, letter => Look(letter.From, JsonSerializer.Deserialize<Asked>(letter.Body)!));
        Receive<LetterArrived>(letter => letter.Kind == LetterKinds.Sessions, letter => Add(letter.From, JsonSerializer.Deserialize<Told>(letter.Body)!));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="Members">All, this node among them.</param>
    /// <param name="Host">The <see cref="SessionHost"/> of this node.</param>
    internal sealed record Grounds(Func<IReadOnlyList<MemberId>> Members, Func<MemberId> Self, IActorRef Host, Action<MemberId, string, byte[]> Send);

    /// <summary>Asks for all conversations; answered by <see cref="Survey"/>.</summary>
    internal sealed record TellAll;

    /// <summary>Asks all nodes to reset their line to a device; answered by <see cref="Survey"/>.</summary>
    internal sealed record Stop(string Device);

    /// <param name="Stopped">Whether any node had a line to reset.</param>
    /// <param name="Silent">The nodes that have not answered.</param>
    internal sealed record Survey(IReadOnlyList<Conversation> All, bool Stopped, IReadOnlyList<string> Silent);

    /// <summary>One conversation that is under way, or waits for its turn.</summary>
    /// <param name="Node">The node that has the line.</param>
    /// <param name="Coordinator">The node of the run, or of the person.</param>
    internal sealed record Conversation(string Node, string Device, string Platform, string Id, string Coordinator, DateTimeOffset Since);

    /// <param name="Device">Whose line is to be reset; null asks for all conversations.</param>
    private sealed record Asked(long Number, string? Device);

    private sealed record Told(long Number, bool Stopped, IReadOnlyList<SessionHost.Talk> Talks);

    private sealed record Heard(MemberId From, Told Answer);

    private sealed record Overdue(long Number);

    private void Ask(Asked what)
    {
        var question = new Question(Sender, [.. grounds.Members()]);
        open.Add(++last, question);
        Timers.StartSingleTimer(last, new Overdue(last), Patience);
        what = what with { Number = last };
        foreach (var member in question.Waiting.ToArray())
        {
            if (member == grounds.Self())
                Look(member, what);
            else
                grounds.Send(member, LetterKinds.AskForSessions, JsonSerializer.SerializeToUtf8Bytes(what));
        }

        // A node that is no member yet asks itself all the same.
        if (!question.Waiting.Contains(grounds.Self()))
            Look(grounds.Self(), what);
    }

    private void Look(MemberId from, Asked what)
    {
        var (me, self) = (Self, grounds.Self());
        var looked = what.Device is { } device
            ? grounds.Host.Ask<bool>(new SessionHost.Stop(device), Patience).ContinueWith(stopped => new Told(what.Number, stopped.Result, []), TaskScheduler.Default)
            : grounds.Host.Ask<SessionHost.Talks>(new SessionHost.TellTalks(), Patience).ContinueWith(talks => new Told(what.Number, false, talks.Result.All), TaskScheduler.Default);
        if (from == self)
            looked.PipeTo(me, me, told => new Heard(self, told));
        else
            looked.ContinueWith(told => grounds.Send(from, LetterKinds.Sessions, JsonSerializer.SerializeToUtf8Bytes(told.Result)), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }

    private void Add(MemberId from, Told told)
    {
        if (!open.TryGetValue(told.Number, out var question))
            return;

        question.Waiting.Remove(from);
        question.Stopped |= told.Stopped;
        question.Found.AddRange(told.Talks.Select(talk => new Conversation(from.Node, talk.Device, talk.Platform, talk.Id, talk.Coordinator, talk.Since)));
        if (question.Waiting.Count == 0)
            Close(told.Number);
    }

    private void Close(long number)
    {
        if (!open.Remove(number, out var question))
            return;

        Timers.Cancel(number);
        question.Asker.Tell(new Survey(
            [.. question.Found.OrderBy(talk => talk.Device, StringComparer.Ordinal).ThenBy(talk => talk.Since)], question.Stopped, [.. question.Waiting.Select(member => member.Node).Order(StringComparer.Ordinal)]));
    }

    private sealed class Question(IActorRef asker, HashSet<MemberId> waiting)
    {
        public IActorRef Asker => asker;

        public HashSet<MemberId> Waiting => waiting;

        public List<Conversation> Found { get; } = [];

        public bool Stopped { get; set; }
    }
}
