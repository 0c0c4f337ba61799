using System.Xml;

namespace Trigger.Wire.Netconf.Operations;

/// <summary>How edit-config goes about it (RFC 6241 §7.2). What is null is not sent, and the server's default counts.</summary>
public sealed record EditOptions
{
    /// <summary>What is done with elements that do not say; the server's default is merge.</summary>
    public DefaultOperation? DefaultOperation { get; init; }

    /// <summary>Needs <c>:validate</c>; test-only needs its version 1.1.</summary>
    public TestOption? Test { get; init; }

    /// <summary>What is done at the first error; the server's default is to stop.</summary>
    public ErrorOption? Error { get; init; }

    internal IReadOnlyList<string> Needs =>
    [
        .. Test switch { null => Array.Empty<string>(), TestOption.TestOnly => [":validate:1.1"], _ => [":validate"] },
        .. Error == ErrorOption.RollbackOnError ? new[] { ":rollback-on-error" } : [],
    ];

    internal void WriteTo(XmlWriter writer)
    {
        var ns = NetconfNames.Base.NamespaceName;
        if (DefaultOperation is { } operation)
            writer.WriteElementString("default-operation", ns, operation switch { Operations.DefaultOperation.Merge => "merge", Operations.DefaultOperation.Replace => "replace", _ => "none" });

        if (Test is { } test)
            writer.WriteElementString("test-option", ns, test switch { TestOption.TestThenSet => "test-then-set", TestOption.Set => "set", _ => "test-only" });

        if (Error is { } error)
            writer.WriteElementString("error-option", ns, error switch { ErrorOption.StopOnError => "stop-on-error", ErrorOption.ContinueOnError => "continue-on-error", _ => "rollback-on-error" });
    }
}

/// <summary>RFC 6241 §7.2, default-operation.</summary>
public enum DefaultOperation
{
    Merge,
    Replace,
    None,
}

/// <summary>RFC 6241 §7.2, test-option.</summary>
public enum TestOption
{
    TestThenSet,
    Set,
    TestOnly,
}

/// <summary>RFC 6241 §7.2, error-option.</summary>
public enum ErrorOption
{
    StopOnError,
    ContinueOnError,
    RollbackOnError,
}
