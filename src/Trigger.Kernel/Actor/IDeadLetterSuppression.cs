namespace Trigger.Kernel.Actor;

/// <summary>Messages whose loss is no news: they become <see cref="Event.SuppressedDeadLetter"/> and are not logged.</summary>
public interface IDeadLetterSuppression;
