namespace Trigger.Kernel.Event;

/// <summary>The class of log lines whose source is only a name.</summary>
public sealed class DummyClassForStringSources;
