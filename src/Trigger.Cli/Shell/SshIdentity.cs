using System.Text;
using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Wire;
using Trigger.Wire.Ssh;

namespace Trigger.Cli.Shell;

/// <summary>
/// Who <c>trigger ssh</c> is: the agent and the keys that are there, and a password from the environment; when those are refused, or there is none of them, a password
/// that somebody types.
/// </summary>
internal static class SshIdentity
{
    private static readonly string[] UsualKeys = ["id_ed25519", "id_ecdsa", "id_rsa"];

    /// <param name="keys">Those named on the command line; empty for the usual ones in <c>~/.ssh</c>.</param>
    public static LineCredentials Gather(string user, IReadOnlyList<string> keys, string? password, Mistakes mistakes) => new()
    {
        UserName = user,
        Password = password is null ? null : Encoding.UTF8.GetBytes(password),
        Keys = keys.Count > 0 ? [.. Named(keys, mistakes)] : [.. Usual()],
        UseAgent = Environment.GetEnvironmentVariable("SSH_AUTH_SOCK") is { Length: > 0 },
    };

    /// <summary>The same user with a password that was typed, and nothing else: the rest has been refused.</summary>
    public static LineCredentials Typed(string user, Secret password) => new() { UserName = user, Password = password.Utf8.ToArray() };

    /// <summary>A copy for jump hosts: the same user and keys, and no password, which is the far host's.</summary>
    public static LineCredentials WithoutPassword(LineCredentials who) => new()
    {
        UserName = who.UserName,
        Keys = [.. who.Keys.Select(key => new LineCredentials.PrivateKey(key.Name, [.. key.Pem], key.Passphrase?.ToArray()))],
        UseAgent = who.UseAgent,
    };

    private static IEnumerable<LineCredentials.PrivateKey> Named(IReadOnlyList<string> paths, Mistakes mistakes)
    {
        foreach (var path in paths)
        {
            if (Read(path, mistakes) is { } key)
                yield return key;
        }
    }

    private static LineCredentials.PrivateKey? Read(string path, Mistakes mistakes)
    {
        try
        {
            var key = new LineCredentials.PrivateKey(path, File.ReadAllBytes(path), null);
            if (SshPrivateKey.WhyUnusable(key) is not { } mistake)
                return key;

            if (SecretPrompt.CanAsk && SecretPrompt.Ask($"Passphrase of {path}: ") is { } typed)
            {
                using (typed)
                    key = key with { Passphrase = typed.Utf8.ToArray() };
                mistake = SshPrivateKey.WhyUnusable(key);
            }

            if (mistake is null)
                return key;

            mistakes.Add(mistake);
            key.Dispose();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"{path}: the private key cannot be read: {unreadable.Message}");
        }

        return null;
    }

    // A key with a passphrase that nobody named is the agent's affair.
    private static IEnumerable<LineCredentials.PrivateKey> Usual()
    {
        var folder = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".ssh");
        foreach (var path in UsualKeys.Select(name => Path.Combine(folder, name)).Where(File.Exists))
        {
            if (TryRead(path) is not { } key)
                continue;

            if (SshPrivateKey.WhyUnusable(key) is null)
                yield return key;
            else
                key.Dispose();
        }
    }

    private static LineCredentials.PrivateKey? TryRead(string path)
    {
        try
        {
            return new LineCredentials.PrivateKey(path, File.ReadAllBytes(path), null);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
