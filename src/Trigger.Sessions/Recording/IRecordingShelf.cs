namespace Trigger.Sessions.Recording;

/// <summary>Where recordings of sessions are kept. Used by one thread at a time.</summary>
public interface IRecordingShelf
{
    /// <summary>Begins a recording. What is written may be kept in pieces; disposing of the writer keeps the rest and says that this is all.</summary>
    /// <param name="device">By name, as the inventory has it.</param>
    /// <param name="run">The run that wanted it; null for none in particular.</param>
    /// <exception cref="IOException">It cannot be kept. Also of the writer, as the next.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    TextWriter Begin(string device, string? run, DateTimeOffset at);
}
