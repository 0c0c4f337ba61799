namespace Trigger.Files;

/// <summary>A file is not given or taken. Its message may be told to the client: it names no path of this machine.</summary>
public sealed class FileRefusedException(FileFault fault, string message) : Exception(message)
{
    public FileFault Fault { get; } = fault;
}
