using System.Text;

namespace Trigger.Node.Recordings;

/// <summary>Writes a recording to the database, some thousand characters at a time, so that a node holds little of each of its sessions.</summary>
internal sealed class RecordingWriter(RecordingShelf shelf, string device, string run, DateTimeOffset at) : TextWriter
{
    private const int Piece = 32 * 1024;

    private readonly string session = Guid.CreateVersion7(at).ToString("N");
    private readonly StringBuilder waiting = new();
    private int parts;
    private bool ended;

    public override Encoding Encoding => Encoding.UTF8;

    /// <exception cref="IOException">The database does not take it.</exception>
    public override void Write(char value)
    {
        waiting.Append(value);
        if (waiting.Length >= Piece)
            Put(isLast: false);
    }

    /// <inheritdoc cref="Write(char)"/>
    public override void Write(string? value)
    {
        waiting.Append(value);
        if (waiting.Length >= Piece)
            Put(isLast: false);
    }

    protected override void Dispose(bool disposing)
    {
        if (!ended)
        {
            ended = true;
            Put(isLast: true);
        }

        base.Dispose(disposing);
    }

    private void Put(bool isLast)
    {
        shelf.Put(run, device, session, parts++, at, waiting.ToString(), isLast);
        waiting.Clear();
    }
}
