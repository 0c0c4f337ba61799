using System.Data.Common;

namespace Trigger.Storage;

/// <summary>Who may use the API. Every change is in the database when the method returns.</summary>
public sealed class TokenTable(Database database)
{
    private const string Columns = "select id, name, role, hash, at, by, expires, revoked from token";

    public void Add(TokenRow token) => database.Write(transaction => transaction.Run(
        "insert into token (id, name, role, hash, at, by, expires) values (@id, @name, @role, @hash, @at, @by, @expires)",
        ("@id", token.Id), ("@name", token.Name), ("@role", token.Role), ("@hash", token.Hash), ("@at", Moments.Text(token.At)), ("@by", token.By),
        ("@expires", token.Expires is { } expires ? Moments.Text(expires) : null)));

    /// <summary>Null when there is none of that id.</summary>
    public Task<TokenRow?> Find(string id, CancellationToken cancel) => database.ReadAsync<TokenRow?>(
        async (connection, token) =>
        {
            await using var ask = connection.Command(Columns + " where id = @id", ("@id", id));
            await using var reader = await ask.ExecuteReaderAsync(token).ConfigureAwait(false);
            return await reader.ReadAsync(token).ConfigureAwait(false) ? Read(reader) : null;
        },
        token: cancel);

    /// <summary>All, oldest first.</summary>
    public IReadOnlyList<TokenRow> All() => database.Read(connection => connection.Command(Columns + " order by at, id").Rows(Read).ToList());

    /// <returns>False when there is none of that id, or it was taken back before.</returns>
    public bool Revoke(string id, DateTimeOffset at) =>
        database.Write(transaction => transaction.Run("update token set revoked = @at where id = @id and revoked is null", ("@id", id), ("@at", Moments.Text(at)))) > 0;

    private static TokenRow Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetFieldValue<byte[]>(3), Moments.Parse(row.GetString(4)), row.GetString(5),
        row.IsDBNull(6) ? null : Moments.Parse(row.GetString(6)), row.IsDBNull(7) ? null : Moments.Parse(row.GetString(7)));
}
