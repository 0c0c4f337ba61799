using System.Security.Cryptography;
using System.Text;
using Trigger.Wire.Ssh;

namespace Trigger.Cli.Files;

/// <summary>Who may use SFTP and SCP.</summary>
/// <param name="Password">As bytes; null when there is none.</param>
/// <param name="Keys">Public keys; none for none.</param>
internal sealed record SshFileLogin(string User, byte[]? Password, IReadOnlyList<HostKey> Keys)
{
    // Compared by their hashes: neither the time that it takes nor the length tells how much of it was right.
    public bool IsPassword(string user, string password)
    {
        var right = CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(password)), SHA256.HashData(Password ?? []));
        return right && Password is { Length: > 0 } && user == User;
    }

    public bool IsKey(string user, HostKey key) => user == User && Keys.Contains(key);

    public override string ToString() => $"{User}, {(Password is null ? "no password" : "a password")}, {Keys.Count} keys";

    /// <summary>Reads who the settings name; null after a mistake.</summary>
    public static SshFileLogin? Read(string? user, string? passwordFile, string? keysFile, List<string> mistakes)
    {
        var before = mistakes.Count;
        if (user is null)
            mistakes.Add("SFTP and SCP need to know who may come: set file-server.user, and file-server.login-file or file-server.authorized-keys.");
        else if (passwordFile is null && keysFile is null)
            mistakes.Add($"Nothing says how {user} shows who he is: set file-server.login-file or file-server.authorized-keys.");
        var password = passwordFile is null ? null : Secret(passwordFile, mistakes);
        var keys = keysFile is null ? [] : ReadKeys(keysFile, mistakes);
        return mistakes.Count == before ? new SshFileLogin(user!, password, keys) : null;
    }

    private static byte[]? Secret(string path, List<string> mistakes)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode)0b000_111_111) != 0)
                mistakes.Add($"file-server.login-file: others may read {path}; chmod 600.");
            var text = File.ReadAllText(path).TrimEnd('\r', '\n');
            if (text.Length is 0 or > 4096)
                mistakes.Add($"file-server.login-file: {path} must have one line with a password.");
            return Encoding.UTF8.GetBytes(text);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"file-server.login-file: {unreadable.Message}");
            return null;
        }
    }

    private static List<HostKey> ReadKeys(string path, List<string> mistakes)
    {
        var keys = new List<HostKey>();
        try
        {
            foreach (var line in File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
            {
                // Options that restrict a key cannot be kept here, so a line with some is refused rather than widened.
                if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var type, var blob, ..] && HostKey.Parse(blob) is { } key && key.Type == type)
                    keys.Add(key);
                else
                    mistakes.Add($"file-server.authorized-keys: {path} has a line that is no plain key ('ssh-ed25519 AAAA… comment').");
            }

            if (keys.Count == 0)
                mistakes.Add($"file-server.authorized-keys: {path} has no key.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"file-server.authorized-keys: {unreadable.Message}");
        }

        return keys;
    }
}
