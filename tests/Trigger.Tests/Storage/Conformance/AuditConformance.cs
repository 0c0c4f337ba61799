using Trigger.Storage;

namespace Trigger.Tests.Storage.Conformance;

/// <summary>The audit trail, and what shows when somebody has been at it.</summary>
public abstract class AuditConformance(StorageRig rig) : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 5, 0, 0, 123, TimeSpan.Zero);

    protected StorageRig Rig { get; } = rig;

    public void Dispose()
    {
        Rig.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task is_told_newest_first_and_is_as_it_was_written()
    {
        using var database = Rig.Open();
        var trail = await Written(database, 5);

        Assert.Equal((5, null), trail.Verify());
        Assert.Equal([5L, 4L], trail.Newest(2).Select(line => line.Seq));
        Assert.Equal([2L, 1L], trail.Newest(9, before: 3).Select(line => line.Seq));
        Assert.Equal(new AuditEntry(1, Now, "alice", "10.0.0.1", "did", "thing 1", "really Grüße "), trail.Newest(1, before: 2)[0]);
        Assert.True(trail.Has(trail.Head().Hash));
        Assert.False(trail.Has("00"));
    }

    [Fact]
    public async Task knows_whether_it_has_a_line()
    {
        using var database = Rig.Open();
        var trail = await Written(database, 2);
        var line = trail.Newest(1)[0];

        Assert.True(await trail.Holds(line.At, line.Who, line.What, line.Target, line.Detail, TestContext.Current.CancellationToken));
        Assert.False(await trail.Holds(line.At.AddMilliseconds(1), line.Who, line.What, line.Target, line.Detail, TestContext.Current.CancellationToken));
        Assert.False(await trail.Holds(line.At, line.Who, line.What, line.Target, "something else", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task is_one_chain_however_many_write_it_at_once()
    {
        using var database = Rig.Open();
        var trail = new AuditTrail(database);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => trail.Add(Now, $"w{number % 4}", "here", "did", $"{number}", "")));

        Assert.Equal((40, null), trail.Verify());
    }

    [Theory]
    [InlineData("update audit set detail = 'nothing' where seq = 3", "Line 3")]
    [InlineData("update audit set who = 'bob' where seq = 1", "Line 1")]
    [InlineData("delete from audit where seq = 2", "Line 2 is missing")]
    [InlineData("delete from audit where seq = 5", "ends with line 4, and 5 were written")]
    [InlineData("insert into audit select 6, at, who, origin, what, target, detail, hash from audit where seq = 5", "Line 6")]
    [InlineData("update audit_head set seq = 4", "head")]
    public async Task shows_what_somebody_has_done_to_it(string deed, string said)
    {
        using var database = Rig.Open();
        var trail = await Written(database, 5);
        Rig.Ask(deed);

        Assert.Contains(said, trail.Verify().Wrong ?? "nothing", StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task keeps_tokens_as_hashes_until_they_are_taken_back()
    {
        using var database = Rig.Open();
        var table = new TokenTable(database);
        table.Add(new TokenRow("abcdefgh", "ci", "operator", [1, 2, 3], Now, "alice", Now.AddDays(1), null));
        table.Add(new TokenRow("ijklmnop", "ops", "admin", [4], Now.AddSeconds(1), "alice", null, null));

        var found = await table.Find("abcdefgh", TestContext.Current.CancellationToken);
        Assert.Equal(("ci", "operator", Now.AddDays(1)), (found!.Name, found.Role, found.Expires));
        Assert.Equal([1, 2, 3], found.Hash);
        Assert.True(table.Revoke("abcdefgh", Now));
        Assert.False(table.Revoke("abcdefgh", Now));
        Assert.Equal([("abcdefgh", true), ("ijklmnop", false)], table.All().Select(token => (token.Id, token.Revoked is not null)));
        Assert.Null(await table.Find("nothing", TestContext.Current.CancellationToken));
    }

    private static async Task<AuditTrail> Written(Database database, int lines)
    {
        var trail = new AuditTrail(database);
        for (var line = 1; line <= lines; line++)
            await trail.Add(Now, "alice", "10.0.0.1", "did", $"thing {line}", "really\nGrüße\0");
        return trail;
    }
}
