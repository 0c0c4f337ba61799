namespace Trigger.Kernel.Actor.Setup;

/// <summary>One programmatic setting of a system, kept by its type.</summary>
public abstract class Setup
{
    public ActorSystemSetup And(Setup other) => ActorSystemSetup.Create(this, other);
}
