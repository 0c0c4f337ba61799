using Trigger.Cluster.Letters;
using Trigger.Cluster.Membership;
using Trigger.Cluster.Sharding;
using Trigger.Kernel.Actor;
using Trigger.Sessions;

namespace Trigger.Node.Clustering;

/// <summary>What this node writes to the others. A letter may be lost with its receiver; whoever waits looks by himself.</summary>
internal sealed class NodePost(Trigger.Cluster.Cluster cluster)
{
    /// <summary>A word of a conversation.</summary>
    public void Send(MemberId to, SessionLetter letter)
    {
        var body = letter.Write();
        if (body.Length > PostLetter.LongestBody && letter is SessionLetter.Answered answer)
        {
            // Better a fault that says so than a run that waits for ever.
            var fault = new DeviceFault.EngineFailed($"The answer was {body.Length} bytes long when packed, more than can be sent between nodes. The command was carried out.");
            body = new SessionLetter.Refused(answer.Talk, answer.Step, FaultNote.Of(fault), "", answer.Elapsed, answer.InWorkMode).Write();
        }

        cluster.Post.Tell(new PostLetter(to, LetterKinds.Of(letter), body), ActorRefs.NoSender);
    }

    /// <summary>A letter of another kind.</summary>
    public void Send(MemberId to, string kind, byte[] body) => cluster.Post.Tell(new PostLetter(to, kind, body), ActorRefs.NoSender);

    /// <summary>Tells the node that will coordinate it that there is a run.</summary>
    public void Announce(string run)
    {
        var shard = ShardKey.Number(run, Math.Max(1, cluster.Homes.Count(RunKeeper.Space)));
        if (cluster.Homes.Of(RunKeeper.Space, shard) is { } home)
            cluster.Post.Tell(new PostLetter(home.Owner, LetterKinds.LookForRuns, []), ActorRefs.NoSender);
    }

    /// <summary>Tells all others that the cluster's accounts have changed.</summary>
    public void TellOfAccounts()
    {
        foreach (var member in cluster.State.Members.Where(member => member.Id != cluster.SelfUniqueAddress))
            cluster.Post.Tell(new PostLetter(member.Id, LetterKinds.LookForAccounts, []), ActorRefs.NoSender);
    }
}
