using Trigger.Cli.Input;
using Trigger.Lab.Ssh;

namespace Trigger.Cli.Files;

/// <summary>The file server's own private key: it stays the same, or every client would be right to be alarmed.</summary>
internal static class ServerKey
{
    /// <summary>In PEM; null after a mistake. Made, for its owner's eyes only, where there is none and nobody named one.</summary>
    public static string? Read(Mistakes mistakes)
    {
        var named = Configured.Settings.Text("file-server.host-key");
        var path = named ?? Path.Combine(Input.Places.Config, "file_server_key");
        try
        {
            if (!File.Exists(path) && named is null)
                Make(path);
            return File.ReadAllText(path);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            mistakes.Add($"file-server.host-key: {path}: {unusable.Message}");
            return null;
        }
    }

    private static void Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Guid.NewGuid():n}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new StreamWriter(draft, options))
            file.Write(LabSshServer.NewHostKey());
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft); // Who was faster keeps his.
        }
    }
}
