namespace Trigger.Acl.Model;

public enum Severity
{
    /// <summary>Understood, but worth a look.</summary>
    Note,

    /// <summary>Kept but not understood: answers that depend on it are <em>unknown</em>.</summary>
    Warning,

    /// <summary>Cannot be read. A line whose action is known is kept, and answers that depend on it are <em>unknown</em>; any other was left out.</summary>
    Error,
}

/// <summary>Something to say about one place in the text.</summary>
public sealed record Diagnostic(Severity Severity, Position At, string Message)
{
    public override string ToString() => $"{At}: {Severity.ToString().ToLowerInvariant()}: {Message}";
}
