using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Util;

/// <summary>What cannot leave its system as it is. Nothing leaves a system of this kernel; the interface is here because implementors of <see cref="IActorRef"/> have it.</summary>
public interface ISurrogated
{
    ISurrogate ToSurrogate(ActorSystem system);
}
