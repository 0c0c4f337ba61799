namespace Trigger.Hocon;

/// <summary>A configuration text that cannot be read, or a value that is not what was asked for. Each line of the message begins with <c>file:line:column:</c>.</summary>
public class ConfigException : Exception
{
    public ConfigException(ConfigOrigin origin, string problem)
        : this([new ConfigMistake(origin, problem)])
    {
    }

    /// <param name="mistakes">At least one; the first gives <see cref="Origin"/> and <see cref="Problem"/>.</param>
    public ConfigException(IReadOnlyList<ConfigMistake> mistakes)
        : base(string.Join('\n', mistakes)) => Mistakes = mistakes;

    /// <summary>All that was found wrong, in the order in which it was met.</summary>
    public IReadOnlyList<ConfigMistake> Mistakes { get; }

    /// <summary>Where the first mistake stands.</summary>
    public ConfigOrigin Origin => Mistakes[0].Origin;

    /// <summary>What is wrong first and what would be right, without the place.</summary>
    public string Problem => Mistakes[0].Problem;
}
