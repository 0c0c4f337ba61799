namespace Trigger.Files;

/// <summary>One transfer that is over.</summary>
/// <param name="Protocol">"tftp", "sftp" or "scp".</param>
/// <param name="Client">Address and port, or a user and an address.</param>
/// <param name="Wrote">Whether the client wrote it.</param>
/// <param name="Fault">Why it did not come to its end; null when it did.</param>
public sealed record TransferNews(string Protocol, string Client, string Name, bool Wrote, long Bytes, string? Fault);
