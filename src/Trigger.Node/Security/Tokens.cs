using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Trigger.Storage;

namespace Trigger.Node.Security;

/// <summary>Tokens of the API: 256 bits of chance behind an id, shown once, and kept as a hash.</summary>
public sealed class Tokens
{
    private const string Prefix = "trg";

    private readonly TokenTable table;
    private readonly TimeProvider time;

    internal Tokens(Database database, TimeProvider time)
    {
        table = new TokenTable(database);
        this.time = time;
    }

    /// <summary>Makes a token.</summary>
    /// <param name="life">How long it counts; null for ever.</param>
    /// <returns>Its text, which nobody can tell a second time, and what is kept of it.</returns>
    public (string Text, TokenRecord Token) Create(string name, Role role, TimeSpan? life, string by)
    {
        var id = RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 8);
        var text = $"{Prefix}_{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        var now = time.GetUtcNow();
        var row = new TokenRow(id, name, role.ToString().ToLowerInvariant(), Hash(text), now, by, now + life, null);
        table.Add(row);
        return (text, Told(row));
    }

    /// <summary>Whose token this is; null when it is none, has expired or was taken back.</summary>
    public async Task<(string Name, Role Role)?> Check(string text, CancellationToken cancel)
    {
        if (text.Split('_', 3) is not [Prefix, { Length: 8 } id, _] || await table.Find(id, cancel).ConfigureAwait(false) is not { } row)
            return null;

        // In constant time, so that a token cannot be felt for byte by byte.
        var right = CryptographicOperations.FixedTimeEquals(Hash(text), row.Hash);
        return right && row.Revoked is null && (row.Expires is not { } expires || expires > time.GetUtcNow()) && Enum.TryParse<Role>(row.Role, ignoreCase: true, out var role)
            ? (row.Name, role)
            : null;
    }

    /// <summary>All, oldest first.</summary>
    public IReadOnlyList<TokenRecord> All() => [.. table.All().Select(Told)];

    /// <returns>False when there is none of that id that still counts.</returns>
    public bool Revoke(string id) => table.Revoke(id, time.GetUtcNow());

    private static TokenRecord Told(TokenRow row) => new(row.Id, row.Name, row.Role, row.At, row.By, row.Expires, row.Revoked);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
