namespace Trigger.Storage;

/// <summary>Something that a person is to load by hand, in the words of who asked for it.</summary>
public sealed record AclManualRow(long Id, string What, DateTimeOffset At, string By);
