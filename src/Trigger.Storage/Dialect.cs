namespace Trigger.Storage;

/// <summary>The few statements that cannot be said to both databases in the same words.</summary>
/// <param name="Outcomes">The outcomes of <c>@run</c> after <c>@device</c> and <c>@step</c>, in order, at most <c>@most</c>; an answer's text as: short, or bytes, and whether these are packed.</param>
/// <param name="Forget">Takes <c>@run</c> and its events in <c>@stream</c> out of all tables.</param>
/// <param name="Sizes">Each run's id and about how many bytes it takes: answers, events, and what lies between.</param>
internal sealed record Dialect(string Outcomes, string Forget, string Sizes);
