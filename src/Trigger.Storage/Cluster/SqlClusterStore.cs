using Trigger.Cluster.Letters;
using Trigger.Cluster.Membership;
using Trigger.Cluster.Sharding;
using Trigger.Cluster.Storing;

namespace Trigger.Storage.Cluster;

/// <summary>
/// The cluster's store in the engine's database. On PostgreSQL many nodes share it; on SQLite the nodes are processes of one machine that share a state directory, or there is
/// only one. No call waits longer than a few seconds, and none waits in the caller's thread.
/// </summary>
public sealed class SqlClusterStore : IClusterStore, IDisposable
{
    /// <summary>How long a call goes on trying.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly Database database;
    private readonly PostgresHints? hints;

    /// <param name="database">Not disposed with this.</param>
    public SqlClusterStore(Database database)
    {
        this.database = database;
        hints = database is PostgresDatabase postgres ? new PostgresHints(postgres) : null;
    }

    public bool HintsArrive => hints is not null;

    private bool Locks => database is PostgresDatabase;

    public Task<JoinAnswer> Join(JoinRequest request) => Write(transaction => MemberTable.Join(transaction, request));

    // One statement, and so a transaction by itself on a server, where every round trip counts.
    public Task<RenewAnswer> Renew(MemberId self) => Locks ? Read(single => MemberTable.Renew(single, self)) : Write(transaction => MemberTable.Renew(transaction, self));

    public Task<ClusterLook> Look(MemberId self) => Read(single => MemberTable.Look(single, self));

    public Task<ClusterView> Read() => Read(ShardTable.Read);

    public Task<string?> AddSpace(ShardSpace space) => Write(transaction => ShardTable.AddSpace(transaction, space));

    public Task<IReadOnlyList<ShardRow>> Acquire(MemberId self) => Write(transaction => ShardTable.Acquire(transaction, self));

    public Task Release(MemberId self, IReadOnlyList<ReleasedShard> shards) => Write(transaction => ShardTable.Release(transaction, self, shards));

    public Task<bool> Assign(Authority by, IReadOnlyList<ShardAssignment> assignments) => Write(async transaction =>
        await ShardTable.Holds(transaction, by).ConfigureAwait(false) && await ShardTable.Assign(transaction, assignments).ConfigureAwait(false));

    public Task<bool> Move(MemberId member, MemberStatus to, Authority? by = null) => Write(async transaction =>
        (by is not { } authority || await ShardTable.Holds(transaction, authority).ConfigureAwait(false)) && await MemberTable.Move(transaction, member, to).ConfigureAwait(false));

    public Task<FenceAnswer> Fence(MemberId by, MemberBeat silent) => Write(async transaction =>
    {
        if (database is not PostgresDatabase postgres)
            return await MemberTable.Fence(transaction, by, silent).ConfigureAwait(false);

        await using var freeing = await FrozenWriters.FreeFor(postgres, transaction).ConfigureAwait(false);
        return await MemberTable.Fence(transaction, by, silent).ConfigureAwait(false);
    });

    public Task Depart(MemberId self) => Write(transaction => MemberTable.Depart(transaction, self));

    public Task<SendAnswer> Send(MemberId self, IReadOnlyList<Letter> letters)
    {
        Letter[] copy = [.. letters];
        return Write(transaction => LetterTable.Send(transaction, self, copy));
    }

    public Task<IReadOnlyList<Letter>> Take(MemberId self, IReadOnlyList<long> delivered, int most)
    {
        long[] copy = [.. delivered];
        return copy.Length == 0 ? Read(single => LetterTable.Take(single, self, copy, most)) : Write(transaction => LetterTable.Take(transaction, self, copy, most));
    }

    /// <summary>Without effect on SQLite.</summary>
    public IDisposable Listen(MemberId self, Action<StoreHint> hinted) => hints?.Listen(self, hinted) ?? new Nothing();

    public void Hint(MemberId? to) => hints?.Hint(to);

    public void Dispose() => hints?.Dispose();

    // SQLite does everything in the thread that asks, and may wait for its turn there: never in an actor's.
    private Task<T> Write<T>(Func<ClusterTransaction, Task<T>> work) => Task.Run(() => database.WriteAsync(
        (transaction, token) => work(new ClusterTransaction(transaction.Connection!, transaction, Locks, token)), Patience));

    private Task<T> Read<T>(Func<ClusterTransaction, Task<T>> look) => Task.Run(() => database.ReadAsync(
        (connection, token) => look(new ClusterTransaction(connection, null, Locks, token)), Patience));

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
