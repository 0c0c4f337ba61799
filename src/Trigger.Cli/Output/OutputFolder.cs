using System.Text;

namespace Trigger.Cli.Output;

/// <summary>Every answer as a file of its own: <c>DIR/device/01-show-version.txt</c>.</summary>
internal sealed class OutputFolder(string directory)
{
    private const int LongestName = 80;

    public void Write(ResultLine result)
    {
        var folder = Path.Combine(directory, Safe(result.Device));
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{result.Step + 1:00}-{Safe(result.Command)}.txt");
        var text = result.FaultText is { } fault ? $"! {result.FaultKind}: {fault}\n{result.Output}" : result.Output;

        // Whole or not at all: a reader must never find half an answer.
        var partial = path + ".part";
        File.WriteAllText(partial, text);
        File.Move(partial, path, overwrite: true);
    }

    // Device names and commands come from outside; no name of theirs may climb out of the folder.
    public static string Safe(string name)
    {
        var safe = new StringBuilder(Math.Min(name.Length, LongestName));
        foreach (var c in name.AsSpan(0, Math.Min(name.Length, LongestName)))
            safe.Append(char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '+' ? c : '-');
        var text = safe.ToString();
        return text.Trim('.').Length == 0 ? "-" : text;
    }
}
