namespace Trigger.Hocon;

/// <summary>A configuration text that cannot be read, or a value that is not what was asked for. The message begins with <c>file:line:</c>.</summary>
public sealed class ConfigException : Exception
{
    public ConfigException(ConfigOrigin origin, string problem)
        : base($"{origin}: {problem}")
    {
        Origin = origin;
        Problem = problem;
    }

    /// <summary>Where the mistake stands.</summary>
    public ConfigOrigin Origin { get; }

    /// <summary>What is wrong and what would be right, without the place.</summary>
    public string Problem { get; }
}
