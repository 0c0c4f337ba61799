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

    /// <summary>Fields merged, elements joined and characters concatenated while substitutions are resolved: stops texts that double themselves.</summary>
    public const int Work = 16 * 1024 * 1024;
}
