namespace Trigger.Notify;

/// <summary>A password in a file of its own, which nobody else may read.</summary>
internal static class SecretFile
{
    private const int MostCharacters = 4096;

    /// <summary>What is wrong with the file; null when nothing is.</summary>
    public static string? Mistake(string path)
    {
        if (!File.Exists(path))
            return "there is no such file";
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode)0b000_111_111) != 0)
            return "others may read it; chmod 600";
        return new FileInfo(path).Length > MostCharacters ? $"it is longer than {MostCharacters} bytes" : null;
    }

    public static string Read(string path) => File.ReadAllText(path).TrimEnd('\r', '\n');
}
