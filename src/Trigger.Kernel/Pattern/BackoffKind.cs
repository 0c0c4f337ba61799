namespace Trigger.Kernel.Pattern;

internal enum BackoffKind
{
    OnFailure,
    OnStop,
}
