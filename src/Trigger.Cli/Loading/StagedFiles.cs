using System.Security.Cryptography;

namespace Trigger.Cli.Loading;

/// <summary>Filters as files in the file server's root, under names that nobody can guess. They stay as long as some run may still send devices for them.</summary>
internal sealed class StagedFiles(string? root)
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly string nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);

    /// <summary>The name under which this text is, or will be, to be had.</summary>
    public string NameOf(string acl, string text)
    {
        // The same ACL may be staged in several forms: with and without comments.
        for (var form = 0; ; form++)
        {
            var name = $"{acl}.{(form == 0 ? nonce : Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{nonce}/{form}")).AsSpan(0, 8)))}";
            if (texts.TryAdd(name, text) || texts[name] == text)
                return name;
        }
    }

    /// <summary>Writes those that are needed; one that nobody sends a device for is not written.</summary>
    /// <exception cref="IOException">The root cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Write(IReadOnlySet<string> needed)
    {
        foreach (var (name, text) in texts.Where(file => needed.Contains(file.Key)))
        {
            using var file = new FileStream(Path.Combine(root!, name), FileMode.CreateNew, FileAccess.Write);
            // Whatever the umask took away: the server may be another user's.
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file.SafeFileHandle, Mode);
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }
    }

    /// <summary>Takes away files that no run needs any more.</summary>
    public static void Remove(string? root, IEnumerable<string> names)
    {
        foreach (var name in names.Where(name => root is not null && name.Length > 0))
        {
            try
            {
                File.Delete(Path.Combine(root!, name));
            }
            catch (Exception stays) when (stays is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"trigger: {name} stays staged: {stays.Message}");
            }
        }
    }
}
