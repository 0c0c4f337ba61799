namespace Trigger.Wire.Ssh.Config;

/// <summary>
/// OpenSSH's ssh_config(5), as far as it says how a host is reached. The first value found for a keyword counts, except that every <c>IdentityFile</c> does. <c>Match</c> knows
/// <c>all</c>, <c>host</c> and <c>originalhost</c>; other criteria are mistakes, because passing over one silently would reach a host in another way than its owner wrote down.
/// Keywords of OpenSSH that mean nothing here are passed over; ones that OpenSSH would not know either are told in <see cref="Notes"/>, where it would refuse the file. Immutable, for any thread.
/// </summary>
public sealed class SshConfig
{
    private readonly IReadOnlyList<SshConfigLine> lines;
    private readonly string home;
    private readonly string localUser;

    internal SshConfig(SshConfigReader read, string home, string localUser)
    {
        lines = read.Lines;
        Mistakes = read.Mistakes;
        Notes = read.Notes;
        this.home = home;
        this.localUser = localUser;
    }

    /// <summary>All that is wrong, each with file and line. With any of them the configuration should not be used.</summary>
    public IReadOnlyList<string> Mistakes { get; }

    /// <summary>What was passed over and may surprise, each with file and line.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Reads a file and what it includes: <c>Include</c>d names are relative to <c>~/.ssh</c>. A file that cannot be read is a mistake.</summary>
    public static SshConfig Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var reader = new SshConfigReader(home);
        reader.ReadFile(path);
        return new SshConfig(reader, home, Environment.UserName);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="home">The home directory that <c>~</c> and <c>%d</c> stand for.</param>
    public static SshConfig Parse(string text, string name, string home)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reader = new SshConfigReader(home);
        reader.ReadText(text, name);
        return new SshConfig(reader, home, Environment.UserName);
    }

    /// <summary>What is said of a host.</summary>
    /// <param name="host">The name as the user gives it, which <c>Host</c> lines are about.</param>
    /// <param name="user">The user, when it is known otherwise; overrules the file.</param>
    /// <param name="port">The port, when it is known otherwise; overrules the file.</param>
    public SshHostConfig For(string host, string? user = null, int? port = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        var found = new SshConfigValues(host);
        foreach (var line in lines)
        {
            if (line.Applies(host, found.HostName))
                found.Take(line);
        }

        return new SshHostConfig(found, new SshConfigTokens(host, found, user, port, home, localUser));
    }
}
