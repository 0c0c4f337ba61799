namespace Trigger.Kernel.Actor.Internal;

/// <summary>What is to run when a system has ended.</summary>
internal sealed class EndHooks
{
    private readonly Lock _gate = new();
    private Stack<Action>? _waiting = new();

    /// <exception cref="InvalidOperationException">The system has ended.</exception>
    internal void Add(Action code)
    {
        ArgumentNullException.ThrowIfNull(code);
        lock (_gate)
            (_waiting ?? throw new InvalidOperationException("The actor system has ended already.")).Push(code);
    }

    internal void Run(Action<Exception> onFailure)
    {
        Stack<Action> all;
        lock (_gate)
        {
            all = _waiting ?? new Stack<Action>();
            _waiting = null;
        }

        foreach (var code in all)
        {
            try
            {
                code();
            }
            catch (Exception failure)
            {
                onFailure(failure);
            }
        }
    }
}
