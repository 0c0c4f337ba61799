namespace Trigger.Kernel.Event;

/// <summary>Fills templates of both kinds, <c>{0}</c> and <c>{Name}</c>, and never throws.</summary>
public sealed class DefaultLogMessageFormatter : ILogMessageFormatter
{
    public static readonly DefaultLogMessageFormatter Instance = new();

    private DefaultLogMessageFormatter()
    {
    }

    public string Format(string format, params object?[] args) => LogTemplate.Render(format, args);

    public string Format(string format, IEnumerable<object?> args) => LogTemplate.Render(format, [.. args]);
}
