namespace Trigger.Sessions;

/// <summary>Names one conversation for whoever asked for it.</summary>
public readonly record struct ConversationId(string Value)
{
    public override string ToString() => Value;
}
