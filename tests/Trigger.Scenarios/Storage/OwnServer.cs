using System.Net;
using System.Net.Sockets;
using Npgsql;
using Trigger.Scenarios.Rig;
using Trigger.Storage;

namespace Trigger.Scenarios.Storage;

/// <summary>A PostgreSQL of one test's own, to be crashed and started again.</summary>
internal sealed class OwnServer : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trigger-pg-").FullName;
    private readonly int port = FreePort();

    private OwnServer()
    {
    }

    public string Address => File.ReadAllText(Path.Combine(folder, "pg", "url")).Trim();

    public int Port => port;

    public static async Task<OwnServer> Start()
    {
        PostgresRig.Server(); // Skips the test where there is no lab.
        var server = new OwnServer();
        await server.StartAgain();
        return server;
    }

    public Task StartAgain() => Script("database", folder, $"{port}");

    /// <summary>As a crash: no connection is told, nothing is written that was not committed.</summary>
    public Task Crash() => Script("database-stop", folder, "immediate");

    /// <summary>An open connection past the engine.</summary>
    public NpgsqlConnection Connect()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(PostgresAddress.Parse(Address).Settings.ConnectionString) { Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    public async ValueTask DisposeAsync() => await Script("down", folder);

    private static Task<string> Script(params string[] arguments) => Tool.Run("bash", [Repository.File("tests", "lab.sh"), .. arguments]);

    // Below 32768: above, the system may have lent it to somebody in the moment the server wants it.
    private static int FreePort()
    {
        while (true)
        {
            var candidate = Random.Shared.Next(23_000, 32_000);
            using var probe = new TcpListener(IPAddress.Loopback, candidate);
            try
            {
                probe.Start();
                return candidate;
            }
            catch (SocketException)
            {
                // Somebody's.
            }
        }
    }
}
