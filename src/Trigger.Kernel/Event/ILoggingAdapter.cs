namespace Trigger.Kernel.Event;

/// <summary>The log as an actor sees it.</summary>
public interface ILoggingAdapter
{
    ILogMessageFormatter Formatter { get; }

    bool IsDebugEnabled { get; }

    bool IsInfoEnabled { get; }

    bool IsWarningEnabled { get; }

    bool IsErrorEnabled { get; }

    bool IsEnabled(LogLevel logLevel);

    void Log(LogLevel logLevel, Exception? cause, LogMessage message);

    /// <param name="format">The line as it is; nothing in it is filled.</param>
    void Log(LogLevel logLevel, Exception? cause, string format);
}
