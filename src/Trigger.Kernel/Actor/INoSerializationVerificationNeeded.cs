namespace Trigger.Kernel.Actor;

/// <summary>Messages that never leave the process.</summary>
public interface INoSerializationVerificationNeeded;
