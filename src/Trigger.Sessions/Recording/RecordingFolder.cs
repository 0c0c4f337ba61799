using System.Text;

namespace Trigger.Sessions.Recording;

/// <summary>Recordings as files of a folder, <c>device.1.dialogue</c>, <c>device.2.dialogue</c>: for their owner's eyes only (0600), since devices print what is not for everybody's.</summary>
public sealed class RecordingFolder : IRecordingShelf
{
    private const int MostFiles = 100_000;
    private const int LongestName = 80;

    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly string path;

    /// <param name="path">Made when missing (0700).</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public RecordingFolder(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        this.path = path;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>A file with the device's next number: who records into the folder of an earlier run overwrites nothing.</summary>
    public TextWriter Begin(string device, string? run, DateTimeOffset at)
    {
        var name = Safe(device);
        for (var number = numbers.GetValueOrDefault(name) + 1; ; number++)
        {
            var file = Path.Combine(path, $"{name}.{number}.dialogue");
            if (File.Exists(file) && number < MostFiles)
                continue;

            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var opened = new StreamWriter(file, new UTF8Encoding(false), options);
            numbers[name] = number;
            return opened;
        }
    }

    // Names come from outside; none may climb out of the folder.
    private static string Safe(string name)
    {
        var safe = string.Concat(name.Take(LongestName).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '+' ? c : '-'));
        return safe.Trim('.').Length == 0 ? "-" : safe;
    }
}
