using Npgsql;
using Trigger.Scenarios.Rig;
using Trigger.Storage;

namespace Trigger.Scenarios.Storage;

/// <summary>A PostgreSQL of one test's own, to be crashed and started again.</summary>
internal sealed class OwnServer : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trigger-pg-").FullName;
    private readonly int port = Ports.Free();
    private readonly FakeWallClock? clock;

    private OwnServer(FakeWallClock? clock) => this.clock = clock;

    public string Address => File.ReadAllText(Path.Combine(folder, "pg", "url")).Trim();

    public int Port => port;

    /// <param name="clock">What the server takes for the time; null for what it is.</param>
    public static async Task<OwnServer> Start(FakeWallClock? clock = null)
    {
        PostgresRig.Server(); // Skips the test where there is no lab.
        var server = new OwnServer(clock);
        await server.StartAgain();
        return server;
    }

    /// <summary>Another that follows this one. From now on nothing is committed here that is not there, too.</summary>
    public async Task<OwnServer> Standby()
    {
        var standby = new OwnServer(null);
        await Script("standby", standby.folder, folder, $"{standby.port}");
        await Change("synchronous_standby_names", "*");
        return standby;
    }

    /// <summary>A standby becomes the server.</summary>
    public Task Promote() => Script("promote", folder);

    /// <summary>A setting that needs no new start.</summary>
    public async Task Change(string setting, string value)
    {
        await using var connection = Connect();
        foreach (var tell in new[] { $"alter system set {setting} = '{value}'", "select pg_reload_conf()" })
        {
            await using var command = connection.CreateCommand();
            command.CommandText = tell;
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Nothing of it runs: connections stay, and nobody answers.</summary>
    public Task Freeze() => Signal("STOP");

    public Task Thaw() => Signal("CONT");

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

    // The father first: it starts no more children then.
    private Task<string> Signal(string signal) =>
        Tool.Run("bash", "-c", $"p=$(head -1 {folder}/pg/data/postmaster.pid); kill -{signal} $p; kill -{signal} $(pgrep -P $p)");

    private Task<string> Script(params string[] arguments)
    {
        string[] script = [Repository.File("tests", "lab.sh"), .. arguments];
        return clock is null ? Tool.Run("bash", script) : Tool.Run("env", [$"FAKE_CLOCK={clock.Path}", "bash", .. script]);
    }
}
