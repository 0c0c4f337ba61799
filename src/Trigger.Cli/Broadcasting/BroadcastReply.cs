using Trigger.Node.Broadcasts;

namespace Trigger.Cli.Broadcasting;

/// <summary>What became of a line.</summary>
/// <param name="Answers">One of each device; none when it was not sent.</param>
/// <param name="Changes">On how many devices it may change something, when it was not sent for that.</param>
/// <param name="Mistakes">Why it must not be sent.</param>
internal sealed record BroadcastReply(IReadOnlyList<BroadcastAnswer> Answers, int Changes, IReadOnlyList<string> Mistakes);
