using System.Text;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Platforms;
using Trigger.Wire.Recording;

namespace Trigger.Sessions.Recording;

/// <summary>One session's file. Belongs to the recorder's writer, but for <see cref="Cover"/> and <see cref="Broken"/>.</summary>
internal sealed class RecordedSession(NetDevice device, Platform platform, IReadOnlyList<Credentials> who, DateTimeOffset date) : IDisposable
{
    private const int MostFiles = 100_000;
    private const int MostHeld = 64 * 1024;
    private const int LongestName = 80;

    private readonly List<RecordedMove.Received> held = [];
    private StreamWriter? file;
    private bool awaitsEcho;
    private long written;
    private bool over;

    public SecretCover Cover { get; } = new(device, who);

    /// <summary>Why nothing further is written; null while all is well. Set by whoever finds out.</summary>
    public volatile string? Broken;

    /// <exception cref="IOException">The disk will not have it.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Write(string directory, Dictionary<string, int> numbers, RecordedEntry entry)
    {
        if (over)
            return;

        file ??= Open(directory, numbers);
        if (entry.Move is RecordedMove.Received received)
        {
            held.Add(received);
            WriteHeld(mayHold: true);
            return;
        }

        WriteHeld(mayHold: false);
        awaitsEcho = entry.IsSecret;
        Put(entry.Move);
        if (entry.Move is RecordedMove.Closed)
            Dispose();
    }

    public void Dispose()
    {
        if (over)
            return;

        over = true;
        try
        {
            if (file is not null && Broken is { } why)
                file.Write($"# The recording ends here: {why}.\n");
            file?.Dispose();
        }
        catch (IOException)
        {
            // What could not be written was told of when it happened first.
        }

        Cover.Dispose();
    }

    /// <summary>Writes what has arrived, unless its end may be a part of a secret.</summary>
    private void WriteHeld(bool mayHold)
    {
        if (held.Count == 0)
            return;

        var bytes = held.Count == 1 ? held[0].Bytes : held.SelectMany(piece => piece.Bytes.ToArray()).ToArray();
        if (mayHold && bytes.Length < MostHeld && (Cover.Open(bytes.Span) > 0 || (awaitsEcho && Cover.MayBecomeEcho(bytes.Span))))
            return;

        var covered = Cover.Everywhere(bytes.Span);
        if (awaitsEcho && Cover.Echo(bytes.Span) is > 0 and var echo)
            covered = [RecordedMove.Secret, .. Cover.Everywhere(bytes.Span[echo..])];
        awaitsEcho = false;
        if (covered.AsSpan().SequenceEqual(bytes.Span))
            held.ForEach(Put);
        else
            Put(new RecordedMove.Received(held[0].At, covered));
        held.Clear();
    }

    private void Put(RecordedMove move)
    {
        var text = RecordingText.Written(move);
        written += text.Length;
        if (written < RecordingText.Largest - 4096)
            file!.Write(text);
        else
            Broken ??= "it has become too long";
    }

    // A run that records into a folder of an earlier one takes the next numbers.
    private StreamWriter Open(string directory, Dictionary<string, int> numbers)
    {
        var name = Safe(device.Name);
        for (var number = numbers.GetValueOrDefault(name) + 1; ; number++)
        {
            var path = Path.Combine(directory, $"{name}.{number}.dialogue");
            if (File.Exists(path) && number < MostFiles)
                continue;

            // What devices print is not for everybody's eyes.
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var opened = new StreamWriter(path, new UTF8Encoding(false), options);
            numbers[name] = number;
            opened.Write(RecordingText.Header(device.Name, platform.Id, device.Protocol == Protocol.Telnet ? "telnet" : "ssh", date));
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
