using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Writing;

namespace Trigger.Acl.Changing;

/// <summary>A filter in another dialect, with what became of it.</summary>
/// <param name="Text">Null when it was refused.</param>
/// <param name="Proof">The written text, read again, beside the source.</param>
/// <param name="Added">What had to be added so that both decide the same.</param>
public sealed record Conversion(string? Text, Filter? Result, Comparison? Proof, IReadOnlyList<Loss> Losses, IReadOnlyList<string> Added)
{
    public bool Proven => Proof?.Verdict == ComparisonVerdict.Equivalent;
}
