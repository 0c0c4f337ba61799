namespace Trigger.Node.Acls;

/// <summary>Something that a person is to load by hand, in the words of who asked for it.</summary>
public sealed record ManualAcl(string What, DateTimeOffset At, string By);
