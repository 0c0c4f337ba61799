namespace Trigger.Node.Clustering;

/// <summary>How a person wants to be on a device.</summary>
/// <param name="Raise">Whether the privilege is raised, where the platform has one to raise.</param>
/// <param name="Manner">What becomes of a conversation that is under way.</param>
internal sealed record TerminalWish(bool Raise, int Columns, int Rows, TerminalManner Manner);
