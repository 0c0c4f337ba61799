namespace Trigger.Wire.Dialogue;

/// <summary>It did not arrive in time.</summary>
public sealed class DialogueTimeoutException : DialogueException
{
    internal DialogueTimeoutException(string wanted, TimeSpan waited, string text)
        : base($"{wanted} did not arrive within {waited.TotalSeconds:0.###} s; {text.Length} characters did.", text)
    {
    }
}
