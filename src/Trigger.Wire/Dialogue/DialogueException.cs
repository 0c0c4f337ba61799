namespace Trigger.Wire.Dialogue;

/// <summary>A read that did not find what it waited for. What arrived is in <see cref="Text"/>, and is still there to be read.</summary>
public abstract class DialogueException : Exception
{
    private protected DialogueException(string message, string text)
        : base(message) => Text = text;

    /// <summary>Everything unread. Not part of the message: a device may have said what no log should hold.</summary>
    public string Text { get; }
}
