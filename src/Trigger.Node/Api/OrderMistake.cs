namespace Trigger.Node.Api;

/// <summary>Something wrong with what a caller sent.</summary>
/// <param name="Field">Where, such as <c>rules.canary</c>.</param>
/// <param name="Message">What would be right, as a sentence.</param>
public sealed record OrderMistake(string Field, string Message);
