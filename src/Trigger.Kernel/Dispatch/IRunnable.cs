namespace Trigger.Kernel.Dispatch;

/// <summary>Something to run, without the delegate.</summary>
public interface IRunnable : IThreadPoolWorkItem
{
    void Run();
}
