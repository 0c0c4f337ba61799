namespace Trigger.Wire;

/// <summary>How a command or a shell ended at the far end, as the server told it (RFC 4254 §6.10).</summary>
/// <param name="Status">The exit status; null when a signal ended it.</param>
/// <param name="Signal">The signal's name without <c>SIG</c>, for example <c>TERM</c>; null when it exited by itself.</param>
/// <param name="CoreDumped">Whether a core was written.</param>
/// <param name="Message">The server's words about the signal; usually empty.</param>
public sealed record LineExit(int? Status, string? Signal = null, bool CoreDumped = false, string Message = "");
