namespace Trigger.Hocon;

/// <summary>What one configuration may cost. A configuration is written by people; whatever exceeds these is an accident or an attack.</summary>
internal static class ConfigLimits
{
    /// <summary>Characters of one source text.</summary>
    public const int Text = 8 * 1024 * 1024;

    /// <summary>Nested braces, brackets and key segments.</summary>
    public const int Depth = 100;

    /// <summary>Substitutions that lead to substitutions. Counts stack frames, so it must stay well under what a thread's stack holds.</summary>
    public const int Chain = 600;

    /// <summary>Elements joined, characters concatenated, and <see cref="MergedField"/> for each field merged, while substitutions are resolved: stops texts that double themselves.</summary>
    public const int Work = 16 * 1024 * 1024;

    /// <summary>What one merged field costs beside one character: a node and its place in a dictionary, some hundred bytes, and a path as long as it is deep. Some 30 000 may be merged so.</summary>
    public const int MergedField = 512;
}
