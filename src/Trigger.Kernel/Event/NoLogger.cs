namespace Trigger.Kernel.Event;

/// <summary>Says nothing.</summary>
public sealed class NoLogger : LoggingAdapterBase
{
    public static readonly ILoggingAdapter Instance = new NoLogger();

    private NoLogger()
        : base(DefaultLogMessageFormatter.Instance)
    {
    }

    public override bool IsDebugEnabled => false;

    public override bool IsInfoEnabled => false;

    public override bool IsWarningEnabled => false;

    public override bool IsErrorEnabled => false;

    protected override void NotifyLog(LogLevel logLevel, object message, Exception? cause = null)
    {
    }
}
