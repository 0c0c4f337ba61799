namespace Trigger.Node.Palettes;

/// <summary>A console command needs secrets that nobody has typed yet: they are asked for, and it is carried out again from its beginning.</summary>
internal sealed class SecretNeededException(IReadOnlyList<string> questions) : Exception("A secret is needed.")
{
    public IReadOnlyList<string> Questions { get; } = questions;
}
