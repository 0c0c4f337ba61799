namespace Trigger.Hocon;

/// <summary>A key that nothing asks for, most likely misspelt.</summary>
/// <param name="Path">From the configuration's own root.</param>
/// <param name="Origin">Where it was written.</param>
/// <param name="Suggestion">The path of the known key that is most like it, or null when none is.</param>
public sealed record UnknownKey(string Path, ConfigOrigin Origin, string? Suggestion)
{
    public override string ToString() => Suggestion is null ? $"{Origin}: there is no key {Path}." : $"{Origin}: there is no key {Path}. Did you mean {Suggestion}?";
}
