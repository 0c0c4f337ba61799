namespace Trigger.Sessions;

/// <summary>What a person said to a device's question.</summary>
/// <param name="Question">The device's, as far as it stands on its last line.</param>
/// <param name="Answer">What was typed; null for a secret, which is on no record, and for a question that was aborted.</param>
/// <param name="By">Who.</param>
/// <param name="Aborted">The platform's abort key was sent in place of an answer.</param>
public sealed record GivenAnswer(string Question, string? Answer, string By, bool Aborted = false);
