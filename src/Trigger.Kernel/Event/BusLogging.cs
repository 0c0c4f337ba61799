namespace Trigger.Kernel.Event;

internal sealed class BusLogging(EventStream stream, string source, Type logClass, TimeProvider time) : ILoggingAdapter
{
    public bool IsDebugEnabled => IsEnabled(LogLevel.DebugLevel);

    public bool IsInfoEnabled => IsEnabled(LogLevel.InfoLevel);

    public bool IsWarningEnabled => IsEnabled(LogLevel.WarningLevel);

    public bool IsErrorEnabled => IsEnabled(LogLevel.ErrorLevel);

    public bool IsEnabled(LogLevel logLevel) => stream.Wants(logLevel);

    public void Log(LogLevel logLevel, Exception? cause, LogMessage message)
    {
        if (!IsEnabled(logLevel))
            return;

        var now = time.GetUtcNow().UtcDateTime;
        stream.Publish(logLevel switch
        {
            LogLevel.DebugLevel => new Debug(cause, source, logClass, message) { Timestamp = now },
            LogLevel.InfoLevel => new Info(cause, source, logClass, message) { Timestamp = now },
            LogLevel.WarningLevel => new Warning(cause, source, logClass, message) { Timestamp = now },
            _ => new Error(cause, source, logClass, message) { Timestamp = now },
        });
    }
}
