namespace Trigger.Kernel.Actor;

/// <summary>Messages that do not count as activity for the receive timeout.</summary>
public interface INotInfluenceReceiveTimeout;
