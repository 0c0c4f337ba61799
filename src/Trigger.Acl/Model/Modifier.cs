namespace Trigger.Acl.Model;

/// <summary>What else a term does: <c>log</c>, <c>count x</c>. It never changes whether a packet passes, a policer's rate apart.</summary>
public sealed record Modifier(string Key, string? Value = null)
{
    public override string ToString() => Value is null ? Key : $"{Key} {Value}";
}
