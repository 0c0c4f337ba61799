namespace Trigger.Sessions;

/// <summary>What the screen shows since a line was typed.</summary>
/// <param name="Echoed">Whether the line was seen coming back.</param>
/// <param name="Before">What stood before the echo: the rest of the answer before, when its end had been taken for granted too early.</param>
/// <param name="Body">The answer, lines ended by LF, without echo and prompt.</param>
internal readonly record struct Reply(bool Echoed, string Before, string Body);
