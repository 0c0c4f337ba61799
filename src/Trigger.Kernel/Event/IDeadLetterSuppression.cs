namespace Trigger.Kernel.Event;

/// <summary>Messages whose loss is no news: they become <see cref="SuppressedDeadLetter"/> and are not logged.</summary>
public interface IDeadLetterSuppression;
