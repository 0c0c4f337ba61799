namespace Trigger.Kernel.Event;

/// <summary>A template and its arguments, put together only when somebody reads it.</summary>
public abstract class LogMessage
{
    protected LogMessage(ILogMessageFormatter formatter, string format)
    {
        Formatter = formatter;
        Format = format;
    }

    public string Format { get; }

    protected ILogMessageFormatter Formatter { get; }

    public abstract IEnumerable<object?> Parameters();

    /// <summary>The template and the arguments side by side, for a template that cannot be filled.</summary>
    public abstract string Unformatted();
}
