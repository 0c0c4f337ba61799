using System.Diagnostics;
using Trigger.Backup;

namespace Trigger.Tests.Backup;

public sealed class An_archive_of_configurations : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trigger-archive-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task commits_what_is_new_and_what_changed_and_nothing_else()
    {
        await Backup(("ams", "core1", "a\nb\n"), ("ams", "core2", "x\n"));
        var changes = await Backup(("ams", "core1", "a\nc\nd\n"), ("ams", "core2", "x\n"));

        Assert.Equal([(ConfigChangeKind.Changed, 2, 1), (ConfigChangeKind.Same, 0, 0)], changes.Select(change => (change.Kind, change.Added, change.Removed)));
        Assert.Equal("ams/core1\n", await Git("show", "--name-only", "--format="));
        Assert.Equal("run 2\n\nams/core1: +2 -1\n\n", await Git("log", "-1", "--format=%B"));
        Assert.Equal("a\nc\nd\n", await Git("show", "HEAD:ams/core1"));
        Assert.Equal("", await Git("status", "--porcelain"));
    }

    [Fact]
    public async Task makes_no_commit_when_nothing_changed()
    {
        await Backup(("", "core1", "a\n"));
        await Backup(("", "core1", "a\n"));

        Assert.Equal("1\n", await Git("rev-list", "--count", "HEAD"));
    }

    [Fact]
    public async Task commits_what_a_backup_that_was_killed_had_written()
    {
        using (var archive = await ConfigArchive.Open(folder))
            archive.Put("", "core1", new KeptConfig("a\n", 0));
        await Backup(("", "core1", "a\n"));

        Assert.Equal("a\n", await Git("show", "HEAD:core1"));
    }

    [Fact]
    public async Task lets_no_name_lead_out_of_its_folder()
    {
        var changes = await Backup(("../..", "..", "a\n"), (".git", "-x", "b\n"), ("a/b", "c/d:22", "c\n"));

        Assert.Equal(["_.._../_..", "_.git/_-x", "a_b/c_d_22"], changes.Select(change => change.Path));
    }

    [Fact]
    public async Task refuses_two_devices_in_one_file()
    {
        using var archive = await ConfigArchive.Open(folder);
        archive.Put("", "a:1", new KeptConfig("a\n", 0));

        Assert.Contains("a:1", Assert.Throws<BackupException>(() => archive.Put("", "a/1", new KeptConfig("b\n", 0))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task lets_one_backup_at_a_time_work_on_it()
    {
        using var first = await ConfigArchive.Open(folder);

        await Assert.ThrowsAsync<BackupException>(() => ConfigArchive.Open(folder));
    }

    private int runs;

    private async Task<IReadOnlyList<ConfigChange>> Backup(params (string Group, string Device, string Text)[] configs)
    {
        using var archive = await ConfigArchive.Open(folder);
        foreach (var (group, device, text) in configs)
            archive.Put(group, device, new KeptConfig(text, 0));
        await archive.Commit($"run {++runs}");
        return archive.Changes;
    }

    private async Task<string> Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", folder, .. arguments]) { RedirectStandardOutput = true })!;
        var output = await git.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await git.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }
}
