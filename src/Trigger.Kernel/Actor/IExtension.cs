namespace Trigger.Kernel.Actor;

/// <summary>Something a system has one of.</summary>
public interface IExtension;
