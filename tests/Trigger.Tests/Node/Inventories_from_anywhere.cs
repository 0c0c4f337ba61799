using System.Net;
using Microsoft.Data.Sqlite;
using Trigger.Devices.Platforms;
using Trigger.Node;

namespace Trigger.Tests.Node;

public sealed class Inventories_from_anywhere : IDisposable
{
    private static readonly PlatformCatalog Catalog = PlatformCatalog.Load();
    private readonly string _folder = Directory.CreateTempSubdirectory("trigger-inventory-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void an_sqlite_file_gives_the_columns_of_its_netdevices_as_fields()
    {
        var file = Database("CREATE TABLE netdevices(id INTEGER PRIMARY KEY, nodeName VARCHAR, manufacturer VARCHAR, site VARCHAR, loginPW VARCHAR); "
            + "INSERT INTO netdevices VALUES (7, 's1', 'ARISTA NETWORKS', ' LAX ', 'pw'), (8, 's2', 'CISCO SYSTEMS', NULL, NULL)");

        var load = new InventoryReader().Load([file], Catalog);
        Assert.Empty(load.Mistakes);
        Assert.Equal(["s1", "s2"], load.Devices.All.Select(device => device.Name));
        var first = load.Devices.All[0];
        Assert.Equal(("arista", "LAX"), (first.Vendor, first.Fields["site"]));
        Assert.NotNull(first.LoginPassword);
        Assert.DoesNotContain("id", first.Fields.Keys);
        Assert.Null(load.Devices.All[1].Fields["site"]);
    }

    [Fact]
    public void an_sqlite_file_without_the_table_is_a_mistake_and_nobody_elses_format()
    {
        var mistake = Assert.Single(new InventoryReader().Load([Database("CREATE TABLE other(x)")], Catalog).Mistakes);
        Assert.Contains("the table 'netdevices' cannot be read", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void an_argument_behind_the_path_names_another_table()
    {
        var file = Database("CREATE TABLE \"my routers\"(nodeName, manufacturer); INSERT INTO \"my routers\" VALUES ('s1', 'ARISTA NETWORKS')");
        foreach (var place in new[] { $"{file}?table_name=my%20routers", $"sqlite://{file}?table_name=my routers" })
        {
            var load = new InventoryReader().Load([place], Catalog);
            Assert.Empty(load.Mistakes);
            Assert.Equal("s1", Assert.Single(load.Devices.All).Name);
        }
    }

    [Fact]
    public void a_table_that_was_written_is_read_back()
    {
        var file = Path.Combine(_folder, "written.db");
        var devices = new InventoryReader().Load([Database("CREATE TABLE netdevices(nodeName, manufacturer, \"a \"\"b\"\"\", loginPW); INSERT INTO netdevices VALUES ('s1', 'ARISTA NETWORKS', 'c', 'pw'), ('s2', 'CISCO SYSTEMS', NULL, NULL)")], Catalog).Devices.All;

        InventoryTable.Write(file, "netdevices", devices, passwords: true);

        var again = new InventoryReader().Load([file], Catalog);
        Assert.Empty(again.Mistakes);
        Assert.Equal(["s1 c True", "s2  False"], again.Devices.All.Select(device => $"{device.Name} {device["a \"b\""]} {device.LoginPassword is not null}"));
        Assert.Throws<NodeException>(() => InventoryTable.Write(file, "netdevices", devices, passwords: false));
    }

    [Fact]
    public void a_path_that_does_not_exist_is_named_and_makes_no_file()
    {
        var path = Path.Combine(_folder, "nothing.db");
        Assert.Contains($"{path}: cannot be read", Assert.Single(new InventoryReader().Load([path], Catalog).Mistakes), StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task an_address_is_fetched_with_what_authorises_the_request()
    {
        var (url, heard) = Serve(200, "r1,cisco\n");
        var load = await Task.Run(() => new InventoryReader("Bearer abc").Load([url + "?token=t"], Catalog), TestContext.Current.CancellationToken);

        Assert.Equal("Bearer abc", await heard);
        Assert.Empty(load.Mistakes);
        Assert.Equal((url + ":1"), Assert.Single(load.Devices.All).Source);
    }

    [Fact]
    public async Task an_address_that_answers_no_is_named_with_the_status_and_without_its_query()
    {
        var (url, heard) = Serve(403, "");
        var load = await Task.Run(() => new InventoryReader().Load([url + "?token=t0p"], Catalog), TestContext.Current.CancellationToken);

        Assert.Null(await heard);
        var mistake = Assert.Single(load.Mistakes);
        Assert.Contains("403", mistake, StringComparison.Ordinal);
        Assert.DoesNotContain("t0p", mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://admin:s3cret@127.0.0.1:1/devices", null)]
    [InlineData("http://s3cret@127.0.0.1:1/devices", null)]
    [InlineData("http://inventory.invalid/devices", "Bearer s3cret")]
    public void no_secret_travels_in_an_address_or_in_the_clear(string url, string? authorization)
    {
        var mistake = Assert.Single(new InventoryReader(authorization).Load([url], Catalog).Mistakes);
        Assert.DoesNotContain("s3cret", mistake, StringComparison.Ordinal);
        Assert.DoesNotContain("cannot be fetched", mistake, StringComparison.Ordinal);
    }

    private string Database(string sql)
    {
        using var store = Trigger.Storage.Database.Open(Path.Combine(_folder, "state"), TimeProvider.System); // Prepares the native library, once for the process.
        var file = Path.Combine(_folder, "nd.db");
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
        return file;
    }

    /// <summary>Answers one request on loopback; the second value is the authorisation it carried.</summary>
    private static (string Url, Task<string?> Heard) Serve(int status, string body)
    {
        while (true)
        {
            var url = $"http://127.0.0.1:{Random.Shared.Next(20_000, 32_000)}/devices";
            var listener = new HttpListener { Prefixes = { url + "/" } };
            try
            {
                listener.Start();
            }
            catch (HttpListenerException)
            {
                continue; // The port is somebody's.
            }

            return (url, Answer(listener, status, body));
        }
    }

    private static async Task<string?> Answer(HttpListener listener, int status, string body)
    {
        using (listener)
        {
            var context = await listener.GetContextAsync();
            context.Response.StatusCode = status;
            using (var writer = new StreamWriter(context.Response.OutputStream))
                await writer.WriteAsync(body);
            return context.Request.Headers["Authorization"];
        }
    }
}
