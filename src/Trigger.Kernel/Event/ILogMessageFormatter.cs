namespace Trigger.Kernel.Event;

/// <summary>Puts a log line's template and its arguments together.</summary>
public interface ILogMessageFormatter
{
    string Format(string format, params object?[] args);

    string Format(string format, IEnumerable<object?> args);
}
