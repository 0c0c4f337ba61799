namespace Trigger.Kernel.Actor;

/// <summary>A message around another.</summary>
public interface IWrappedMessage
{
    object Message { get; }
}
