namespace Trigger.Kernel.Actor;

public interface IDecider
{
    Directive Decide(Exception cause);
}
