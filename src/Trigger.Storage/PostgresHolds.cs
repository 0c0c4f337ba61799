using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Trigger.Storage;

/// <summary>
/// Session locks of the server, all on one connection of their own: it gives them back when the process dies, and soon when its machine does. A connection that breaks takes them all back; then another may
/// take one before we have them again. Such a lock tells the living from the dead and protects nothing: that a run has one writer is the journal's to see to.
/// </summary>
internal sealed class PostgresHolds(Func<NpgsqlConnection> line, TimeProvider time) : IDisposable
{
    /// <summary>How long a connection may have been broken before it is noticed.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(2);

    // One database may hold several engines, each in a schema of its own.
    private const string KeyOf = "hashtextextended(current_schema() || '/' || ";
    private const string End = ", 7)";

    private readonly Lock gate = new();
    private readonly HashSet<string> names = [];
    private NpgsqlConnection? connection;
    private ITimer? watch;

    public static IReadOnlySet<string> Held(DbConnection connection, IEnumerable<string> names)
    {
        using var select = (NpgsqlCommand)connection.Command(
            $"""
            select n from unnest(@names) n where {KeyOf}n{End} in (
                select (classid::bigint << 32) | objid::bigint from pg_locks
                where locktype = 'advisory' and objsubid = 1 and granted and database = (select oid from pg_database where datname = current_database()))
            """);
        select.Parameters.Add(new NpgsqlParameter("@names", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = names.ToArray() });
        return select.Rows(row => row.GetString(0)).ToHashSet();
    }

    public IDisposable? TryTake(string name)
    {
        lock (gate)
        {
            // A session gets its own locks as often as it asks.
            if (names.Contains(name))
                return null;

            connection ??= line();
            if (!TryLock(name))
                return null;

            names.Add(name);
            watch ??= time.CreateTimer(_ => Look(), null, Glance, Glance);
            return new Hold(this, name);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            names.Clear();
            HangUp();
            watch?.Dispose();
            watch = null;
        }
    }

    private bool TryLock(string name)
    {
        try
        {
            return connection!.Command($"select pg_try_advisory_lock({KeyOf}@name{End})", ("@name", name)).Ask() is true;
        }
        catch (NpgsqlException)
        {
            HangUp();
            throw;
        }
    }

    private void GiveBack(string name)
    {
        lock (gate)
        {
            if (!names.Remove(name))
                return;

            try
            {
                connection?.Command($"select pg_advisory_unlock({KeyOf}@name{End})", ("@name", name)).Ask();
            }
            catch (NpgsqlException)
            {
                HangUp(); // The lock went with the session.
            }

            if (names.Count == 0)
                HangUp();
        }
    }

    private void Look()
    {
        // Somebody is at it: then a broken line shows by itself.
        if (!gate.TryEnter())
            return;

        try
        {
            if (names.Count == 0)
                return;

            if (connection is null)
            {
                connection = line();
                foreach (var name in names)
                    TryLock(name);
            }
            else
            {
                connection.Command("select 1").Ask();
            }
        }
        catch (NpgsqlException)
        {
            HangUp(); // And again at the next glance.
        }
        finally
        {
            gate.Exit();
        }
    }

    private void HangUp()
    {
        connection?.Dispose();
        connection = null;
    }

    private sealed class Hold(PostgresHolds holds, string name) : IDisposable
    {
        public void Dispose() => holds.GiveBack(name);
    }
}
