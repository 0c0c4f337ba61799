using Npgsql;
using Trigger.Scenarios.Storage;

namespace Trigger.Scenarios.Rig;

/// <summary>Somebody else's connections: all that a server gives.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private readonly List<NpgsqlConnection> connections = [];

    /// <summary>Ends the engine's connections and takes their places, again and again until the engine gets none for so many rounds.</summary>
    public static async Task<Crowd> In(OwnServer server)
    {
        var crowd = new Crowd();
        await using var host = server.Connect();
        for (var rounds = 0; rounds < 3;)
        {
            await using var end = host.CreateCommand();
            end.CommandText = "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name like 'trigger%'";
            rounds = (long)(await end.ExecuteScalarAsync())! == 0 ? rounds + 1 : 0;
            crowd.Fill(server);
        }

        return crowd;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in connections)
            await connection.DisposeAsync();
    }

    private void Fill(OwnServer server)
    {
        try
        {
            while (true)
                connections.Add(server.Connect());
        }
        catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            // That was the last place.
        }
    }
}
