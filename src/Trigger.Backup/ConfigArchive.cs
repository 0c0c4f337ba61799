using System.Text;

namespace Trigger.Backup;

/// <summary>
/// Configurations in a git repository, one file a device, in folders by group. One backup at a time works on it; another that comes meanwhile is refused. A commit holds
/// what one backup found, and a backup that found nothing new makes none.
/// </summary>
public sealed class ConfigArchive : IDisposable
{
    // More names than this would not fit a command line; all are said to be changed then, and git finds out which.
    private const int MostNamed = 500;

    private readonly string folder;
    private readonly GitCommand git;
    private readonly FileStream hold;
    private readonly List<ConfigChange> changes = [];
    private readonly Dictionary<string, string> owners = new(StringComparer.Ordinal);

    private ConfigArchive(string folder, GitCommand git, FileStream hold)
    {
        this.folder = folder;
        this.git = git;
        this.hold = hold;
    }

    /// <summary>What was put so far, in that order.</summary>
    public IReadOnlyList<ConfigChange> Changes => changes;

    /// <summary>The archive in a folder, which is made, and made a repository, when it is none yet.</summary>
    /// <exception cref="BackupException">The folder cannot be used, or another backup is at work in it.</exception>
    public static async Task<ConfigArchive> Open(string folder)
    {
        folder = Path.GetFullPath(folder);
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var git = new GitCommand(folder);
            if ((await git.Try("rev-parse", "--git-dir")).Code != 0)
                await git.Run("init", "--quiet");
            var hidden = Path.GetFullPath((await git.Run("rev-parse", "--git-dir")).Trim(), folder);
            return new ConfigArchive(folder, git, new FileStream(Path.Combine(hidden, "trigger-backup.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"The archive {folder} cannot be used: {unusable.Message}", unusable);
        }
    }

    /// <summary>Writes a device's configuration over the one that was kept, whole or not at all.</summary>
    /// <param name="group">A folder's name; empty for none. What cannot stand in a file's name becomes '_'.</param>
    /// <exception cref="BackupException">Another device's configuration was put into the same file.</exception>
    public ConfigChange Put(string group, string device, KeptConfig config)
    {
        var path = group.Length == 0 ? Safe(device) : Path.Combine(Safe(group), Safe(device));
        if (!owners.TryAdd(path, device))
            throw new BackupException($"{device} and {owners[path]} would be kept in the same file, {path}; give them names that differ.");
        var whole = Path.Combine(folder, path);
        var before = File.Exists(whole) ? File.ReadAllText(whole) : null;
        var change = before is null
            ? new ConfigChange(device, path, ConfigChangeKind.New, Lines(config.Text).Length, 0)
            : Compared(device, path, before, config.Text);
        if (change.Kind != ConfigChangeKind.Same)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
            var fresh = $"{whole}.new";
            File.WriteAllText(fresh, config.Text, new UTF8Encoding(false));
            File.Move(fresh, whole, overwrite: true);
        }

        changes.Add(change);
        return change;
    }

    /// <summary>Commits what was put. Null when nothing is new; otherwise the commit's short name.</summary>
    public async Task<string?> Commit(string subject)
    {
        var paths = changes.Where(change => change.Kind != ConfigChangeKind.Same).Select(change => change.Path).ToList();
        // A backup that was killed before its commit leaves files that look like old ones to the next.
        paths.AddRange(changes.Where(change => change.Kind == ConfigChangeKind.Same).Select(change => change.Path));
        if (paths.Count == 0)
            return null;
        foreach (var some in paths.Chunk(MostNamed))
            await git.Run(["add", "--", .. some]);
        if ((await git.Try("diff", "--cached", "--quiet")).Code == 0)
            return null;
        var who = Environment.UserName;
        await git.Run("-c", $"user.name={who}", "-c", $"user.email={who}@{Environment.MachineName}", "commit", "--quiet", "--message", Message(subject));
        return (await git.Run("rev-parse", "--short", "HEAD")).Trim();
    }

    /// <summary>Sends the commits to where the repository's branch comes from.</summary>
    public async Task Push() => await git.Run("push", "--quiet");

    public void Dispose() => hold.Dispose();

    private string Message(string subject)
    {
        var text = new StringBuilder(subject).Append('\n');
        foreach (var change in changes.Where(change => change.Kind != ConfigChangeKind.Same).OrderBy(change => change.Path, StringComparer.Ordinal).Take(MostNamed))
            text.Append('\n').Append(change.Path).Append(change.Kind == ConfigChangeKind.New ? ": new" : $": +{change.Added} -{change.Removed}");
        return text.ToString();
    }

    // Lines are counted, not placed: what moved is neither added nor removed, which is what a summary wants of it.
    private static ConfigChange Compared(string device, string path, string before, string after)
    {
        if (before == after)
            return new ConfigChange(device, path, ConfigChangeKind.Same, 0, 0);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in Lines(before))
            counts[line] = counts.GetValueOrDefault(line) - 1;
        foreach (var line in Lines(after))
            counts[line] = counts.GetValueOrDefault(line) + 1;
        return new ConfigChange(device, path, ConfigChangeKind.Changed, counts.Values.Where(count => count > 0).Sum(), -counts.Values.Where(count => count < 0).Sum());
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Safe(string name)
    {
        var safe = new string([.. name.Select(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or '@' or '+' or ' ' ? c : '_')]).Trim();
        return safe.Length == 0 || safe[0] is '.' or '-' ? $"_{safe}" : safe;
    }
}
