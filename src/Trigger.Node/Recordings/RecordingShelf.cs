using Trigger.Sessions.Recording;
using Trigger.Storage;

namespace Trigger.Node.Recordings;

/// <summary>
/// Recordings in the cluster's database, under the runs that wanted them. When it has not taken a piece it is not asked again for a while: waiting for it with each of many sessions would take for
/// ever, and a node that is to stop must.
/// </summary>
internal sealed class RecordingShelf(RecordingTable table, TimeProvider time) : IRecordingShelf
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private (long At, string Why)? failed;

    public TextWriter Begin(string device, string? run, DateTimeOffset at) => new RecordingWriter(this, device, run ?? "", at);

    /// <exception cref="IOException">The database does not take it, or did not a moment ago.</exception>
    internal void Put(string run, string device, string session, int part, DateTimeOffset at, string text, bool isLast)
    {
        if (failed is { } last && time.GetElapsedTime(last.At) < Rest)
            throw new IOException(last.Why);
        try
        {
            table.Add(run, device, session, part, at, text, isLast);
            failed = null;
        }
        catch (StorageException failure)
        {
            failed = (time.GetTimestamp(), failure.Message);
            throw new IOException(failure.Message, failure);
        }
    }
}
