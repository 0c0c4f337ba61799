using Microsoft.Data.Sqlite;

namespace Trigger.Storage;

/// <summary>An SQLite file for others to read, with the table <c>dev_nets</c> that Trigger's <c>gnng</c> writes. Rows are added; a trigger dates them.</summary>
public static class DevNetsFile
{
    private const string Schema =
        """
        create table if not exists dev_nets (
            id integer primary key, insert_date date, device_name text, iface_name text, iface_addrs text, iface_subnets text, iface_inacl text, iface_outacl text, iface_descr text);
        create trigger if not exists dev_nets_inserted after insert on dev_nets begin
            update dev_nets set insert_date = datetime('now') where id = new.id;
        end;
        """;

    /// <summary>Adds the rows, all of them or none.</summary>
    /// <exception cref="StorageException">The file cannot be written, or is no database.</exception>
    public static void Add(string path, IEnumerable<DevNetRow> rows)
    {
        try
        {
            SqliteNative.Prepare();
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString());
            connection.Open();
            using var transaction = connection.BeginTransaction(deferred: false);
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = Schema;
            command.ExecuteNonQuery();
            command.CommandText =
                """
                insert into dev_nets (device_name, iface_name, iface_addrs, iface_subnets, iface_inacl, iface_outacl, iface_descr)
                values ($device, $name, $addresses, $subnets, $in, $out, $description)
                """;
            foreach (var row in rows)
            {
                command.Parameters.Clear();
                command.Parameters.AddWithValue("$device", row.Device);
                command.Parameters.AddWithValue("$name", row.Interface);
                command.Parameters.AddWithValue("$addresses", row.Addresses);
                command.Parameters.AddWithValue("$subnets", row.Subnets);
                command.Parameters.AddWithValue("$in", row.AclsIn);
                command.Parameters.AddWithValue("$out", row.AclsOut);
                command.Parameters.AddWithValue("$description", row.Description);
                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }
        catch (SqliteException bad)
        {
            throw new StorageException($"{path}: {bad.Message}", bad);
        }
    }
}
