namespace Trigger.Jobs.Plays;

/// <summary>What came of a <see cref="Commando{TResult}"/>: every device that was asked for has a result or an error.</summary>
/// <param name="Run">The run that it was, for <c>trigger job</c>.</param>
/// <param name="Results">By the device's name.</param>
/// <param name="Errors">By the device's name: a sentence.</param>
public sealed record CommandoReport<TResult>(RunId Run, IReadOnlyDictionary<string, TResult> Results, IReadOnlyDictionary<string, string> Errors);
