namespace Trigger.Kernel.Actor;

/// <summary>A standard answer. <see cref="Failure"/> makes the task of an Ask fail with its cause.</summary>
public abstract class Status
{
    private Status()
    {
    }

    public sealed class Success : Status
    {
        public static readonly Success Instance = new(null);

        public Success(object? status) => Status = status;

        public object? Status { get; }

        public override string ToString() => $"Success: {Status}";
    }

    public sealed class Failure : Status
    {
        public Failure(Exception cause, object? state = null)
        {
            Cause = cause;
            State = state;
        }

        public Exception Cause { get; }

        public object? State { get; }

        public override string ToString() => $"Failure: {Cause}";
    }
}
