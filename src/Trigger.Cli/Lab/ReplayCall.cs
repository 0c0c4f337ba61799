using System.Globalization;
using Trigger.Cli.Input;
using Trigger.Devices.Platforms;
using Trigger.Lab.Replaying;
using Trigger.Wire.Recording;

namespace Trigger.Cli.Lab;

/// <summary><c>trigger lab --replay</c>: what was recorded, read before anything listens.</summary>
internal static class ReplayCall
{
    public static IReadOnlyList<Recording> Read(IReadOnlyList<string> files, PlatformCatalog catalog, Mistakes mistakes)
    {
        var recordings = new List<Recording>();
        foreach (var file in files)
        {
            var found = new List<string>();
            try
            {
                if (new FileInfo(file) is { Exists: true, Length: > RecordingText.Largest })
                    found.Add($"{file}: is longer than {RecordingText.Largest} bytes.");
                else if (RecordingText.Parse(File.ReadAllText(file), file, found) is { } recording)
                    recordings.Add(recording);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                found.Add($"--replay {file}: {failure.Message}");
            }

            mistakes.Add(found);
        }

        mistakes.Add(recordings.Where(recording => !catalog.Contains(recording.Platform)).Select(recording => $"{recording.Name}: there is no platform '{recording.Platform}'{catalog.Hint(recording.Platform)}"));
        return recordings;
    }

    /// <summary>How many times faster; infinity for <c>max</c>.</summary>
    public static double Speed(string? text, Mistakes mistakes)
    {
        if (text is "max")
            return double.PositiveInfinity;
        if (double.TryParse(text ?? "1", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed) && speed is >= 0.01 and <= 1000)
            return speed;

        mistakes.Add($"--replay-speed is '{text}'; it must be a number from 0.01 to 1000, or max.");
        return 1;
    }

    public static ReplayGrounds Start(IReadOnlyList<Recording> recordings, double speed, PlatformCatalog catalog) =>
        ReplayGrounds.Start(recordings, speed, note => Console.Error.WriteLine($"trigger: {note}"), catalog, TimeProvider.System);
}
