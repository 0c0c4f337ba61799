namespace Trigger.Acl.Model;

public enum ActionKind
{
    Permit,

    /// <summary>Dropped without a word.</summary>
    Deny,

    /// <summary>Dropped, and the sender is told; the argument is the code.</summary>
    Reject,

    /// <summary>Decides nothing: evaluation goes on.</summary>
    NextTerm,

    /// <summary>Forwarded, by another table (Junos <c>routing-instance</c>, <c>next-ip</c>); the argument says which.</summary>
    Route,
}

/// <summary>What becomes of a packet that a term matches.</summary>
public sealed record TermAction(ActionKind Kind, string? Argument = null)
{
    public static TermAction Permit { get; } = new(ActionKind.Permit);

    public static TermAction Deny { get; } = new(ActionKind.Deny);

    public static TermAction Reject { get; } = new(ActionKind.Reject);

    public static TermAction NextTerm { get; } = new(ActionKind.NextTerm);

    public bool Permits => Kind is ActionKind.Permit or ActionKind.Route;

    public bool Decides => Kind != ActionKind.NextTerm;

    public override string ToString() => Kind switch
    {
        ActionKind.Permit => "permit",
        ActionKind.Deny => "deny",
        ActionKind.Reject => Argument is null ? "reject" : $"reject {Argument}",
        ActionKind.NextTerm => "next term",
        _ => Argument ?? "route",
    };
}
