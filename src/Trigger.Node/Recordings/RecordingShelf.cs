using Trigger.Sessions.Recording;
using Trigger.Storage;

namespace Trigger.Node.Recordings;

/// <summary>Recordings in the cluster's database, under the runs that wanted them.</summary>
internal sealed class RecordingShelf(RecordingTable table) : IRecordingShelf
{
    public TextWriter Begin(string device, string? run, DateTimeOffset at) => new RecordingWriter(table, device, run ?? "", at);
}
