using System.Text;
using Trigger.Hocon;

namespace Trigger.Devices.Credentials;

/// <summary>
/// Reads credentials: from a file that somebody named, and what it lacks from the environment. The file is HOCON with <c>username</c>, <c>password</c>, <c>enable</c>,
/// <c>private-key</c> (one path or a list), <c>passphrase</c> and <c>agent</c>; it must be a regular file of ours that nobody else can read.
/// </summary>
public static class CredentialSource
{
    public const string UserNameVariable = "TRIGGER_USERNAME";
    public const string PasswordVariable = "TRIGGER_PASSWORD";
    public const string EnableVariable = "TRIGGER_ENABLEPW";

    private const int LargestFile = 64 * 1024;

    private static readonly string[] Keys = ["username", "password", "enable", "private-key", "passphrase", "agent"];

    /// <param name="file">The credentials file, or null for the environment alone.</param>
    /// <param name="variable">Reads a variable of the environment.</param>
    public static CredentialsFound Read(string? file, Func<string, string?> variable)
    {
        var mistakes = new List<string>();
        var config = file is null ? Config.Empty : ReadFile(file, mistakes);
        try
        {
            foreach (var key in config.Keys.Except(Keys))
                mistakes.Add($"{config.OriginOf(ConfigPath.Quoted(key))}: there is no key '{key}' in a credentials file{Nearest.Hint(key, Keys)}");
            var credentials = Found(config, variable);
            return mistakes.Count == 0 ? new CredentialsFound(credentials, []) : Refused(credentials);
        }
        catch (ConfigException bad)
        {
            // The problem would quote the value, which may be a secret.
            mistakes.Add($"{bad.Origin}: a value here is not what its key asks for: texts, a list of paths for private-key, true or false for agent.");
            return new CredentialsFound(null, mistakes);
        }

        CredentialsFound Refused(Credentials credentials)
        {
            credentials.Dispose();
            return new CredentialsFound(null, mistakes);
        }
    }

    private static Credentials Found(Config config, Func<string, string?> variable) => new(
        Text(config, "username") ?? variable(UserNameVariable) ?? "",
        SecretOf(Text(config, "password") ?? variable(PasswordVariable)),
        SecretOf(Text(config, "enable") ?? variable(EnableVariable)),
        PrivateKeys(config),
        config.GetBoolean("agent", otherwise: false));

    private static List<PrivateKeyFile> PrivateKeys(Config config)
    {
        if (!config.HasPath("private-key"))
            return [];
        var paths = config.IsList("private-key") ? config.GetStringList("private-key") : [config.GetString("private-key")];
        return [.. paths.Select(path => new PrivateKeyFile(path, SecretOf(Text(config, "passphrase"))))];
    }

    private static string? Text(Config config, string key) => config.HasPath(key) ? config.GetString(key) : null;

    private static Secret? SecretOf(string? text) => text is null ? null : new Secret(text);

    private static Config ReadFile(string file, List<string> mistakes)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read);
            if (FileGuard.Problem(stream) is { } problem)
            {
                mistakes.Add($"{file}: {problem}");
                return Config.Empty;
            }

            if (stream.Length > LargestFile)
                throw new IOException($"it is larger than {LargestFile} bytes");
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return Config.Parse(reader.ReadToEnd(), file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            mistakes.Add($"{file}: cannot be read: {unreadable.Message}");
        }
        catch (ConfigException bad)
        {
            mistakes.Add($"{bad.Origin}: this is not HOCON: write key = \"value\", one on a line, with values in quotes.");
        }

        return Config.Empty;
    }
}
