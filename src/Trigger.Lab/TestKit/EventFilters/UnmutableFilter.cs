namespace Trigger.Lab.TestKit.EventFilters;

/// <summary>Events are swallowed until this is disposed.</summary>
public sealed class UnmutableFilter : IDisposable
{
    private Action? unmute;

    internal UnmutableFilter(Action unmute) => this.unmute = unmute;

    public void Unmute() => Dispose();

    public void Dispose() => Interlocked.Exchange(ref unmute, null)?.Invoke();
}
