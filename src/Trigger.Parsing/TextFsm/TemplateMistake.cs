namespace Trigger.Parsing.TextFsm;

/// <summary>One thing that is wrong with a template or an index.</summary>
/// <param name="Line">The first is 1; 0 when the whole file is meant.</param>
public sealed record TemplateMistake(string Path, int Line, string Text)
{
    public override string ToString() => Line > 0 ? $"{Path}:{Line}: {Text}" : $"{Path}: {Text}";
}
