using Trigger.Cluster;
using Trigger.Cluster.Letters;
using Trigger.Cluster.Membership;
using Trigger.Cluster.Sharding;
using Trigger.Cluster.Storing;

namespace Trigger.Lab.Clustering;

/// <summary>A cluster's database in memory: each call is one transaction. Not for several threads.</summary>
public sealed class ClusterTables
{
    private readonly Dictionary<MemberId, Row> members = [];
    private readonly Dictionary<string, ShardSpace> spaces = [];
    private readonly Dictionary<ShardId, ShardRow> shards = [];
    private readonly List<Letter> letters = [];
    private ClusterParameters? parameters;
    private long version = 1;
    private long lastLetter;

    public ClusterTables() => Make(new ShardSpace(ShardSpace.Coordinator, 1));

    /// <summary>How often a shard's owner changed.</summary>
    public long Takeovers { get; private set; }

    public IEnumerable<ShardRow> Shards => shards.Values;

    public int LettersWaiting => letters.Count;

    public JoinAnswer Join(JoinRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        parameters ??= request.Parameters;
        if (parameters != request.Parameters)
            return new JoinAnswer.Refused("The cluster has other parameters.");
        if (request.Spaces.Select(AddSpace).FirstOrDefault(problem => problem is not null) is { } wrong)
            return new JoinAnswer.Refused(wrong);

        if (members.TryGetValue(request.Self, out var known))
        {
            if (!MemberRules.IsAlive(known.Member.Status))
                return new JoinAnswer.IsOver();
            known.Beat++;
            return new JoinAnswer.Joined();
        }

        var over = members.Values.Where(row => row.Member.Status != MemberStatus.Removed
            && (request.Past.Contains(row.Member.Id) || (request.EarlierLivesAreOver && row.Member.Id.Node == request.Self.Node)));
        foreach (var row in over.ToList())
            Remove(row);
        members[request.Self] = new Row
        {
            Beat = 1,
            Member = new Member
            {
                Id = request.Self,
                Status = MemberStatus.Joining,
                Number = ++version,
                Roles = request.Roles,
                Sites = request.Sites,
                Address = request.Address,
                Version = request.Version,
            },
        };
        return new JoinAnswer.Joined();
    }

    public RenewAnswer Renew(MemberId self)
    {
        if (!members.TryGetValue(self, out var row) || row.Member.Status == MemberStatus.Removed)
            return RenewAnswer.Fenced;
        if (row.Member.Status == MemberStatus.Down)
            return RenewAnswer.Downed;
        row.Beat++;
        return RenewAnswer.Renewed;
    }

    public ClusterLook Look(MemberId self) =>
        new(version, [.. Present.Select(row => new MemberBeat(row.Member.Id, row.Beat))], letters.Exists(letter => letter.To == self));

    public ClusterView Read() => new(version, [.. Present.Select(row => row.Member)], [.. spaces.Values], [.. shards.Values]);

    public string? AddSpace(ShardSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        if (spaces.TryGetValue(space.Name, out var known))
            return known == space ? null : $"The space {space.Name} is there already, with other properties.";
        Make(space);
        version++;
        return null;
    }

    public IReadOnlyList<ShardRow> Acquire(MemberId self)
    {
        var status = members.TryGetValue(self, out var row) ? row.Member.Status : MemberStatus.Removed;
        var free = shards.Values.Where(shard => shard.Owner is null && (shard.Shard.Space == ShardSpace.Coordinator
            ? status is MemberStatus.Joining or MemberStatus.Up
            : status == MemberStatus.Up && shard.Wanted == self)).ToList();
        foreach (var shard in free)
            Set(shard with { Owner = self, Wanted = self, Epoch = shard.Epoch + 1 });
        return [.. free.Select(shard => shards[shard.Shard])];
    }

    public void Release(MemberId self, IReadOnlyList<ReleasedShard> released)
    {
        ArgumentNullException.ThrowIfNull(released);
        foreach (var (shard, epoch, settled) in released)
        {
            if (shards[shard] is { } row && row.Owner == self && row.Epoch == epoch)
                Set(row with { Owner = null, Unsettled = !settled });
        }
    }

    public bool Assign(Authority by, IReadOnlyList<ShardAssignment> assignments)
    {
        ArgumentNullException.ThrowIfNull(assignments);
        if (!Holds(by))
            return false;
        foreach (var (shard, wanted) in assignments)
            Set(shards[shard] with { Wanted = wanted });
        return true;
    }

    public bool Move(MemberId member, MemberStatus to, Authority? by)
    {
        if ((by is { } authority && !Holds(authority)) || !members.TryGetValue(member, out var row))
            return false;
        if (MemberRules.MayBecome(row.Member.Status, to))
        {
            row.Member = row.Member with { Status = to };
            version++;
        }

        return row.Member.Status == to;
    }

    public FenceAnswer Fence(MemberId by, MemberBeat silent)
    {
        if (!IsAlive(by) || !members.TryGetValue(silent.Member, out var row) || row.Member.Status == MemberStatus.Removed)
            return FenceAnswer.Gone;
        if (row.Beat != silent.Beat)
            return FenceAnswer.BeatChanged;
        Remove(row);
        return FenceAnswer.Fenced;
    }

    public void Depart(MemberId self)
    {
        if (members.TryGetValue(self, out var row) && row.Member.Status != MemberStatus.Removed)
            Remove(row);
    }

    public SendAnswer Send(MemberId self, IReadOnlyList<Letter> sent)
    {
        ArgumentNullException.ThrowIfNull(sent);
        if (!IsAlive(self))
            return new SendAnswer(false, [], new Dictionary<MemberId, long>());
        var receivers = sent.Select(letter => letter.To).Distinct().ToList();
        var gone = receivers.Where(to => !IsAlive(to)).ToList();
        foreach (var letter in sent.Where(letter => !gone.Contains(letter.To)))
        {
            if (!letters.Exists(other => other.From == letter.From && other.To == letter.To && other.Sequence == letter.Sequence))
                letters.Add(letter with { Id = ++lastLetter });
        }

        return new SendAnswer(true, gone, receivers.Except(gone).ToDictionary(to => to, to => (long)letters.Count(letter => letter.From == self && letter.To == to)));
    }

    public IReadOnlyList<Letter> Take(MemberId self, IReadOnlyList<long> delivered, int most)
    {
        letters.RemoveAll(letter => letter.To == self && delivered.Contains(letter.Id));
        return [.. letters.Where(letter => letter.To == self).Take(most)];
    }

    /// <summary>Whether a write on behalf of a shard is accepted: only under its present epoch, as a journal does it.</summary>
    public bool Write(ShardId shard, MemberId by, long epoch) => shards[shard] is { } row && row.Owner == by && row.Epoch == epoch;

    private IEnumerable<Row> Present => members.Values.Where(row => row.Member.Status != MemberStatus.Removed);

    private bool IsAlive(MemberId member) => members.TryGetValue(member, out var row) && MemberRules.IsAlive(row.Member.Status);

    private bool Holds(Authority by) => shards[new ShardId(ShardSpace.Coordinator, 0)] is { } row && row.Owner == by.Coordinator && row.Epoch == by.Epoch;

    private void Remove(Row row)
    {
        row.Member = row.Member with { Status = MemberStatus.Removed };
        foreach (var shard in shards.Values.Where(shard => shard.Owner == row.Member.Id).ToList())
            Set(shard with { Owner = null, Epoch = shard.Epoch + 1, Unsettled = true });
        letters.RemoveAll(letter => letter.To == row.Member.Id);
        version++;
    }

    private void Set(ShardRow row)
    {
        var before = shards[row.Shard];
        if (row.Epoch < before.Epoch || (row.Owner is not null && row.Owner != before.Owner && row.Epoch == before.Epoch))
            throw new InvalidOperationException($"The epoch of {row.Shard} did not grow: {before} became {row}.");
        Takeovers += row.Owner is not null && row.Owner != before.Owner ? 1 : 0;
        shards[row.Shard] = row;
        version++;
    }

    private void Make(ShardSpace space)
    {
        spaces[space.Name] = space;
        for (var number = 0; number < space.Shards; number++)
            shards[new ShardId(space.Name, number)] = new ShardRow(new ShardId(space.Name, number), null, 0, null, false);
    }

    private sealed class Row
    {
        public required Member Member { get; set; }

        public required long Beat { get; set; }
    }
}
