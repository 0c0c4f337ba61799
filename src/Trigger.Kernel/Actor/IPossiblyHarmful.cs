namespace Trigger.Kernel.Actor;

/// <summary>Messages that should not be accepted from untrusted peers.</summary>
public interface IPossiblyHarmful;
