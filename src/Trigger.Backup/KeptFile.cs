using System.Text;

namespace Trigger.Backup;

/// <summary>
/// One file whose versions git keeps, held by one editor at a time. What somebody else changed in it before is committed as found, so that a commit
/// of ours says what we did and nothing else; other files of the repository are never touched.
/// </summary>
public sealed class KeptFile : IDisposable
{
    private readonly GitCommand git;
    private readonly FileStream hold;
    private readonly string name;

    private KeptFile(string path, GitCommand git, FileStream hold, string text, bool isNew)
    {
        Path = path;
        this.git = git;
        this.hold = hold;
        name = System.IO.Path.GetFileName(path);
        Text = text;
        IsNew = isNew;
    }

    /// <summary>The whole path.</summary>
    public string Path { get; }

    /// <summary>As it was found; empty for a file that is not there yet.</summary>
    public string Text { get; }

    public bool IsNew { get; }

    /// <summary>The repository that had to be made, because the folder was in none.</summary>
    public string? MadeRepository { get; private init; }

    /// <summary>Holds the file for an edit. A folder that is in no repository becomes one.</summary>
    /// <exception cref="BackupException">It cannot be read, git cannot be run, or somebody else is editing it.</exception>
    public static async Task<KeptFile> Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        var folder = System.IO.Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
            throw new BackupException($"The folder {folder} does not exist.");
        var git = new GitCommand(folder);
        string? made = null;
        if ((await git.Try("rev-parse", "--is-inside-work-tree")).Code != 0)
        {
            await git.Run("init", "--quiet");
            made = folder;
        }

        var hidden = System.IO.Path.GetFullPath((await git.Run("rev-parse", "--git-dir")).Trim(), folder);
        FileStream? hold = null;
        try
        {
            hold = new FileStream(System.IO.Path.Combine(hidden, $"trigger-edit-{Uri.EscapeDataString((await git.Run("rev-parse", "--show-prefix")).Trim() + System.IO.Path.GetFileName(path))}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            var isNew = !File.Exists(path);
            return new KeptFile(path, git, hold, isNew ? "" : await Read(path), isNew) { MadeRepository = made };
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            hold?.Dispose();
            throw new BackupException(unusable is IOException && hold is null ? $"Somebody else is editing {path}." : $"{path} cannot be used: {unusable.Message}", unusable);
        }
    }

    /// <summary>The lines that differ, as <c>diff -u</c> shows them; empty when none does.</summary>
    /// <exception cref="BackupException">git cannot be run.</exception>
    public static async Task<string> Diff(string name, string before, string after)
    {
        var folder = Directory.CreateTempSubdirectory("trigger-edit-");
        try
        {
            await Write(System.IO.Path.Combine(folder.FullName, "before"), before);
            await Write(System.IO.Path.Combine(folder.FullName, "after"), after);
            var (_, output, _) = await new GitCommand(folder.FullName).Try("diff", "--no-index", "--no-color", "--no-ext-diff", "--", "before", "after");
            var at = output.IndexOf("\n@@", StringComparison.Ordinal);
            return at < 0 ? "" : $"--- {name}\n+++ {name}\n{output[(at + 1)..]}";
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Writes the text over the file, whole or not at all, and commits that file.</summary>
    /// <param name="log">A file beside it to which <paramref name="entry"/> is added in the same commit; null for none.</param>
    /// <returns>The commit's short name.</returns>
    /// <exception cref="BackupException">It cannot be written, or was changed by somebody else since it was opened.</exception>
    public async Task<string> Keep(string text, string message, string? log = null, string? entry = null)
    {
        if (File.Exists(Path) == IsNew || (!IsNew && await Read(Path) != Text))
            throw new BackupException($"{Path} was changed by somebody else meanwhile; nothing was written.");
        if (!IsNew)
            await Commit($"{name} as found before an edit", name);
        try
        {
            var fresh = $"{Path}.{Environment.ProcessId}.new";
            await Write(fresh, text);
            if (!IsNew && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(fresh, File.GetUnixFileMode(Path));
            File.Move(fresh, Path, overwrite: true);
            if (log is not null)
            {
                var whole = System.IO.Path.GetFullPath(log, System.IO.Path.GetDirectoryName(Path)!);
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(whole)!);
                await File.AppendAllTextAsync(whole, entry);
            }
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"{Path} cannot be written: {unwritable.Message}", unwritable);
        }

        await Commit(message, log is null ? [name] : [name, log]);
        return (await git.Run("rev-parse", "--short", "HEAD")).Trim();
    }

    public void Dispose() => hold.Dispose();

    // Bytes that are no UTF-8 would come back as other bytes.
    private static async Task<string> Read(string path)
    {
        try
        {
            return await File.ReadAllTextAsync(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (DecoderFallbackException)
        {
            throw new BackupException($"{path} is not UTF-8; to write it would change other bytes of it.");
        }
    }

    private static Task Write(string path, string text) => File.WriteAllTextAsync(path, text, new UTF8Encoding(false));

    private async Task Commit(string message, params string[] paths)
    {
        // An ignored file is kept all the same: it was named.
        await git.Run(["add", "--force", "--", .. paths]);
        if ((await git.Try(["diff", "--cached", "--quiet", "--", .. paths])).Code == 0)
            return;
        var who = Environment.UserName;
        await git.Run(["-c", $"user.name={who}", "-c", $"user.email={who}@{Environment.MachineName}", "commit", "--quiet", "--message", message, "--only", "--", .. paths]);
    }
}
