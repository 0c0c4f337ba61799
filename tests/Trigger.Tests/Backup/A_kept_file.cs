using System.Diagnostics;
using Trigger.Backup;

namespace Trigger.Tests.Backup;

public sealed class A_kept_file : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trigger-kept-").FullName;

    private string Path => System.IO.Path.Combine(folder, "acl.edge");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task is_committed_as_found_and_then_as_edited_and_nothing_else_is()
    {
        await File.WriteAllTextAsync(Path, "a\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(System.IO.Path.Combine(folder, "other"), "x\n", TestContext.Current.CancellationToken);
        using (var kept = await KeptFile.Open(Path))
        {
            Assert.Equal((folder, "a\n"), (kept.MadeRepository, kept.Text));
            await kept.Keep("b\n", "Change a to b");
        }

        Assert.Equal("Change a to b\nacl.edge as found before an edit\n", await Git("log", "--format=%s"));
        Assert.Equal("b\n", await Git("show", "HEAD:acl.edge"));
        Assert.Equal("a\n", await Git("show", "HEAD~1:acl.edge"));
        Assert.Equal("?? other\n", await Git("status", "--porcelain"));
    }

    [Fact]
    public async Task is_edited_by_one_at_a_time()
    {
        using var kept = await KeptFile.Open(Path);
        using var beside = await KeptFile.Open(Path + "2");

        Assert.Equal($"Somebody else is editing {Path}.", (await Assert.ThrowsAsync<BackupException>(() => KeptFile.Open(Path))).Message);
    }

    [Fact]
    public async Task that_changed_meanwhile_is_not_written_over()
    {
        await File.WriteAllTextAsync(Path, "a\n", TestContext.Current.CancellationToken);
        using var kept = await KeptFile.Open(Path);
        await File.WriteAllTextAsync(Path, "theirs\n", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<BackupException>(() => kept.Keep("b\n", "mine"));
        Assert.Equal("theirs\n", await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task has_its_worklog_in_the_same_commit()
    {
        using var kept = await KeptFile.Open(Path);
        await kept.Keep("b\n", "New", "workdocs/workdoc.20261121", "what was done\n");

        Assert.Equal("acl.edge\nworkdocs/workdoc.20261121\n", await Git("show", "--name-only", "--format="));
    }

    [Fact]
    public async Task shows_how_a_new_text_differs()
    {
        Assert.Equal("--- x\n+++ x\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n", await KeptFile.Diff("x", "a\nb\n", "a\nc\n"));
        Assert.Equal("", await KeptFile.Diff("x", "a\n", "a\n"));
    }

    private async Task<string> Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", folder, .. arguments]) { RedirectStandardOutput = true })!;
        var output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        return output;
    }
}
