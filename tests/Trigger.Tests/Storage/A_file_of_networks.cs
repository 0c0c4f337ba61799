using Trigger.Storage;

namespace Trigger.Tests.Storage;

public sealed class A_file_of_networks : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trigger-nets-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void grows_and_is_dated_and_takes_any_text()
    {
        var file = Path.Combine(folder, "nets.db");

        DevNetsFile.Add(file, [new DevNetRow("r1", "lo0", "10.0.0.1\n10.0.0.2", "10.0.0.0/24", "a", "b", "it's \"quoted\"; drop table dev_nets")]);
        DevNetsFile.Add(file, [new DevNetRow("r2", "lo0", "", "", "", "", "")]);

        var rows = SqliteTable.Read(file, "dev_nets").Select(row => row.ToDictionary()).ToList();
        Assert.Equal(["r1", "r2"], rows.Select(row => row["device_name"]));
        Assert.Equal("it's \"quoted\"; drop table dev_nets", rows[0]["iface_descr"]);
        Assert.All(rows, row => Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$", row["insert_date"]!));
    }

    [Fact]
    public void is_left_alone_when_it_is_something_else()
    {
        var file = Path.Combine(folder, "notes.txt");
        File.WriteAllText(file, "this is no database, and never was; it only looks like a file of some length" + new string('.', 200));

        Assert.Contains("notes.txt", Assert.Throws<StorageException>(() => DevNetsFile.Add(file, [])).Message, StringComparison.Ordinal);
        Assert.StartsWith("this is no database", File.ReadAllText(file), StringComparison.Ordinal);
    }
}
