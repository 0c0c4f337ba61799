using Trigger.Node;
using Trigger.Sessions.Recording;

namespace Trigger.Cli.Cluster;

/// <summary>A recording of a cluster as a file of this machine.</summary>
internal static class RecordingFile
{
    /// <exception cref="IOException">The disk will not have it.</exception>
    public static void Write(RecordingFolder folder, RecordingRecord recording, string text)
    {
        using var file = folder.Begin(recording.Device, null, recording.At);
        file.Write(text);
    }
}
