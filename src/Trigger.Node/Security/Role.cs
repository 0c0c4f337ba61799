namespace Trigger.Node.Security;

/// <summary>What a caller may do; each includes those before it.</summary>
public enum Role
{
    /// <summary>Looks.</summary>
    Viewer,

    /// <summary>Runs commands, and stops what runs.</summary>
    Operator,

    /// <summary>Decides about nodes, tokens and credentials.</summary>
    Admin,
}
