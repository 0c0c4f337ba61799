namespace Trigger.Kernel.Actor;

public interface IAdvancedScheduler : IActionScheduler;
