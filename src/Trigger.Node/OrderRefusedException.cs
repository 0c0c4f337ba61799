using Trigger.Node.Api;

namespace Trigger.Node;

/// <summary>A run was not accepted.</summary>
/// <param name="mistakes">Everything that is wrong with the order.</param>
public sealed class OrderRefusedException(IReadOnlyList<OrderMistake> mistakes) : Exception(string.Join(' ', mistakes.Select(mistake => $"{mistake.Field}: {mistake.Message}")))
{
    public IReadOnlyList<OrderMistake> Mistakes { get; } = mistakes;
}
