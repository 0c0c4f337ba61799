using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Platforms;
using Trigger.Wire.Recording;

namespace Trigger.Sessions.Recording;

/// <summary>One session's recording. Belongs to the recorder's writer, but for <see cref="Cover"/> and <see cref="Broken"/>.</summary>
internal sealed class RecordedSession(NetDevice device, Platform platform, string? run, IReadOnlyList<Credentials> who, DateTimeOffset date) : IDisposable
{
    private const int MostHeld = 64 * 1024;

    private readonly List<RecordedMove.Received> held = [];
    private TextWriter? file;
    private bool awaitsEcho;
    private long written;
    private bool over;

    public SecretCover Cover { get; } = new(device, who);

    /// <summary>Why nothing further is written; null while all is well. Set by whoever finds out.</summary>
    public volatile string? Broken;

    /// <exception cref="IOException">The disk will not have it.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Write(IRecordingShelf shelf, RecordedEntry entry)
    {
        if (over)
            return;

        file ??= Begin(shelf);
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

    /// <summary>Keeps what is left.</summary>
    /// <exception cref="IOException">As above, unless it is broken already.</exception>
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
        catch (IOException) when (Broken is not null)
        {
            // It was told of when it happened first.
        }
        finally
        {
            Cover.Dispose();
        }
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

    private TextWriter Begin(IRecordingShelf shelf)
    {
        var opened = shelf.Begin(device.Name, run, date);
        opened.Write(RecordingText.Header(device.Name, platform.Id, device.Protocol == Protocol.Telnet ? "telnet" : "ssh", date));
        return opened;
    }
}
