using Trigger.Cluster.Letters;
using Trigger.Cluster.Membership;
using Trigger.Cluster.Sharding;
using Trigger.Cluster.Storing;
using Trigger.Lab.Simulating;

namespace Trigger.Lab.Clustering;

/// <summary>
/// One node's way to the database: calls and answers travel, get lost, come late. What the database does it does at one moment, whatever the node
/// believes by then.
/// </summary>
internal sealed class SimulatedStore(SimulatedCluster cluster, SimulatedNode node) : IClusterStore
{
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(20);

    public bool HintsArrive => false;

    public Task<JoinAnswer> Join(JoinRequest request) => Call(() => cluster.Database.Join(request));

    public Task<RenewAnswer> Renew(MemberId self) => Call(() => cluster.Database.Renew(self));

    public Task<ClusterLook> Look(MemberId self) => Call(() => cluster.Database.Look(self));

    public Task<ClusterView> Read() => Call(cluster.Database.Read);

    public Task<string?> AddSpace(ShardSpace space) => Call(() => cluster.Database.AddSpace(space));

    public Task<IReadOnlyList<ShardRow>> Acquire(MemberId self) => Call(() => cluster.Database.Acquire(self));

    public Task Release(MemberId self, IReadOnlyList<ReleasedShard> shards) => Call(() =>
    {
        cluster.Database.Release(self, shards);
        return true;
    });

    public Task<bool> Assign(Authority by, IReadOnlyList<ShardAssignment> assignments) => Call(() => cluster.Database.Assign(by, assignments));

    public Task<bool> Move(MemberId member, MemberStatus to, Authority? by = null) => Call(() => cluster.Database.Move(member, to, by));

    public Task<FenceAnswer> Fence(MemberId by, MemberBeat silent) => Call(() => cluster.Database.Fence(by, silent));

    public Task Depart(MemberId self) => Call(() =>
    {
        cluster.Database.Depart(self);
        return true;
    });

    public Task<SendAnswer> Send(MemberId self, IReadOnlyList<Letter> letters)
    {
        Letter[] copy = [.. letters]; // What was sent stays as it was, however late it arrives.
        return Call(() => cluster.Database.Send(self, copy));
    }

    public Task<IReadOnlyList<Letter>> Take(MemberId self, IReadOnlyList<long> delivered, int most) => Call(() => cluster.Database.Take(self, delivered, most));

    public IDisposable Listen(MemberId self, Action<StoreHint> hinted) => new MemoryStream();

    public void Hint(MemberId? to)
    {
    }

    private Task<T> Call<T>(Func<T> transaction)
    {
        var answer = new TaskCompletionSource<T>(); // Continues inline, on the simulation's thread.
        node.After(node.Faults.Patience, () => answer.TrySetException(new SimulatedFaultException("the database, which did not answer")));
        if (node.IsCutOff || cluster.Chance(node.Faults.RequestLost))
            return answer.Task;

        cluster.After(Way(), () =>
        {
            if (node.IsCutOff || cluster.DatabaseIsDown)
                return;
            var result = transaction();
            cluster.Check();
            if (cluster.Chance(node.Faults.ReplyLost))
                return;
            cluster.After(Way(), () =>
            {
                if (!node.IsCutOff)
                    node.Receive(() => answer.TrySetResult(result));
            });
        });
        return answer.Task;
    }

    private TimeSpan Way() => cluster.Random.NextDouble() * (cluster.Chance(node.Faults.Slow) ? node.Faults.Longest : Usual);
}
