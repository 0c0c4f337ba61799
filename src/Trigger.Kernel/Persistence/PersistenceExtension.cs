using Trigger.Kernel.Actor;
using Trigger.Kernel.Hosting;

namespace Trigger.Kernel.Persistence;

/// <summary>The journal of a system.</summary>
public sealed class PersistenceExtension : IExtension
{
    internal PersistenceExtension(ActorSystem system)
    {
        var setup = system.Setup.Get<JournalSetup>().GetOrElse(JournalSetup.InMemory());
        Journal = system.SystemActorOf(setup.Journal(), "journal");
        RecoveryPermitter = system.SystemActorOf(Props.Create(() => new RecoveryPermitter(setup.MaxConcurrentRecoveries)), "recoveryPermitter");
        RecoveryEventTimeout = setup.RecoveryEventTimeout;
    }

    /// <summary>Told the messages of the journal protocol.</summary>
    public IActorRef Journal { get; }

    internal IActorRef RecoveryPermitter { get; }

    internal TimeSpan RecoveryEventTimeout { get; }
}
