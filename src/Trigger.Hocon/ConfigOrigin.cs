namespace Trigger.Hocon;

/// <summary>Where a value was written.</summary>
/// <param name="Source">The file's name, as the caller of <see cref="Config.Parse"/> gave it.</param>
/// <param name="Line">From one.</param>
public readonly record struct ConfigOrigin(string Source, int Line)
{
    public override string ToString() => $"{Source}:{Line}";
}
