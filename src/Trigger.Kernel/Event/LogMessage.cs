namespace Trigger.Kernel.Event;

/// <summary>A template and its arguments, put together only when somebody reads it.</summary>
public sealed class LogMessage
{
    public LogMessage(string format, IReadOnlyList<object?> args)
    {
        Format = format;
        Args = args;
    }

    public string Format { get; }

    public IReadOnlyList<object?> Args { get; }

    public override string ToString() => LogTemplate.Render(Format, Args);
}
