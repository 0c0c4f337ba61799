using System.Data.Common;

namespace Trigger.Storage;

/// <summary>Accounts of the cluster for its devices, in the order in which they are tried. Every change is in the database when the method returns, and has raised the version.</summary>
public sealed class CredentialTable(Database database)
{
    /// <summary>Raised by every change.</summary>
    public Task<long> Version(CancellationToken cancel = default) => database.ReadAsync(
        async (connection, token) =>
        {
            await using var ask = connection.Command("select version from credential_head where one = 1");
            return Convert.ToInt64(await ask.ExecuteScalarAsync(token).ConfigureAwait(false), null);
        },
        token: cancel);

    /// <summary>All, in their order, and the version that they are of.</summary>
    public (long Version, IReadOnlyList<CredentialRow> Rows) All() => database.Read(connection =>
    {
        // The version first: should something change in between, it is asked again.
        var version = connection.Command("select version from credential_head where one = 1").Rows(row => row.GetInt64(0)).First();
        return (version, (IReadOnlyList<CredentialRow>)connection.Command("select realm, selection, user_name, own_enable, key_id, secret, at, by from credential order by place, realm").Rows(Read).ToList());
    });

    /// <summary>Puts one behind the others, or in the place of the one of its realm.</summary>
    /// <param name="first">Before all others instead.</param>
    public void Set(CredentialRow row, bool first) => Change(transaction => transaction.Run(
        $"""
        insert into credential (realm, place, selection, user_name, own_enable, key_id, secret, at, by)
        values (@realm, (select {(first ? "coalesce(min(place), 0) - 1" : "coalesce(max(place), 0) + 1")} from credential), @on, @user, @enable, @key, @secret, @at, @by)
        on conflict (realm) do update set selection = excluded.selection, user_name = excluded.user_name, own_enable = excluded.own_enable, key_id = excluded.key_id,
            secret = excluded.secret, at = excluded.at, by = excluded.by{(first ? ", place = excluded.place" : "")}
        """,
        ("@realm", row.Realm), ("@on", row.On), ("@user", row.UserName), ("@enable", row.OwnEnable ? 1 : 0), ("@key", row.KeyId), ("@secret", row.Secret), ("@at", Moments.Text(row.At)),
        ("@by", row.By)));

    /// <summary>Encrypted with another key, and else as it was.</summary>
    /// <param name="before">As it was read.</param>
    /// <returns>False when it has been changed since.</returns>
    public bool Rekey(CredentialRow before, string key, byte[] secret) => Change(transaction => transaction.Run(
        "update credential set key_id = @key, secret = @secret where realm = @realm and secret = @before",
        ("@realm", before.Realm), ("@key", key), ("@secret", secret), ("@before", before.Secret))) > 0;

    /// <returns>False when there is none of that realm.</returns>
    public bool Remove(string realm) => Change(transaction => transaction.Run("delete from credential where realm = @realm", ("@realm", realm))) > 0;

    // The head first: whoever changes credentials at the same time waits for it, and both versions count.
    private int Change(Func<DbTransaction, int> work) => database.WriteRepeatably(transaction =>
    {
        transaction.Run("update credential_head set version = version + 1 where one = 1");
        return work(transaction);
    });

    private static CredentialRow Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), Convert.ToInt64(row.GetValue(3), null) != 0, row.GetString(4), row.GetFieldValue<byte[]>(5), Moments.Parse(row.GetString(6)),
        row.GetString(7));
}
