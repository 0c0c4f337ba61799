namespace Trigger.Hocon;

/// <summary>What a configuration may draw on beside its own text.</summary>
public sealed record ConfigReadOptions
{
    /// <summary>The folder that a text without a file includes from; null when it may not include. A file's includes stand beside the file.</summary>
    public string? Directory { get; init; }

    /// <summary>Fetches what <c>include url("…")</c> names, or null when it is not there. Null, the default, refuses such includes: a configuration must not make a node call strangers.</summary>
    public Func<Uri, string?>? Url { get; init; }

    /// <summary>Variables for substitutions that no key answers; none by default.</summary>
    public Func<string, string?>? Environment { get; init; }

    /// <summary>Told of every file that was looked for, whether it was there or not, so that a watcher knows what to watch.</summary>
    public Action<string>? Looked { get; init; }
}
