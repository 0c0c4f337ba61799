namespace Trigger.Hocon;

/// <summary>Where a value was written.</summary>
/// <param name="Source">The file's name, as the caller of <see cref="Config.Parse(string, string)"/> gave it or an include found it.</param>
/// <param name="Line">From one.</param>
/// <param name="Column">From one, in characters of UTF-16; 0 when only the line is known.</param>
public readonly record struct ConfigOrigin(string Source, int Line, int Column = 0)
{
    public override string ToString() => Column > 0 ? $"{Source}:{Line}:{Column}" : $"{Source}:{Line}";
}
