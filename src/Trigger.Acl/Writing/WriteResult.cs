namespace Trigger.Acl.Writing;

/// <param name="Text">Ends in a newline.</param>
public sealed record WriteResult(string Text, IReadOnlyList<Loss> Losses)
{
    /// <summary>Whether all terms are in the text.</summary>
    public bool Complete => Losses.All(loss => loss.Kind != LossKind.Impossible);
}
