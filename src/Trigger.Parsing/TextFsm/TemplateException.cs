namespace Trigger.Parsing.TextFsm;

/// <summary>A template or an index that cannot be used: every mistake in it, each with its line.</summary>
public sealed class TemplateException(IReadOnlyList<TemplateMistake> mistakes) : Exception(string.Join('\n', mistakes))
{
    public IReadOnlyList<TemplateMistake> Mistakes { get; } = mistakes;
}
