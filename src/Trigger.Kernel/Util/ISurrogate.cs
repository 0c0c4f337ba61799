using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Util;

/// <summary>What travels in place of something that cannot.</summary>
public interface ISurrogate
{
    ISurrogated FromSurrogate(ActorSystem system);
}
