namespace Trigger.Wire.Dialogue;

/// <summary>So much arrived that it is not looked through any further (<see cref="DialogueOptions.Limit"/>); the device is made to wait until some of it is read.</summary>
public sealed class DialogueFullException : DialogueException
{
    internal DialogueFullException(string wanted, int limit, string text)
        : base($"{wanted} did not arrive within {limit} bytes.", text)
    {
    }
}
