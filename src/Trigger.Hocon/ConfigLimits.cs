namespace Trigger.Hocon;

/// <summary>What one configuration may cost. A configuration is written by people; whatever exceeds these is an accident or an attack.</summary>
internal static class ConfigLimits
{
    /// <summary>Characters of one source text, and of all that it includes.</summary>
    public const int Text = 64 * 1024 * 1024;

    /// <summary>Nested braces, brackets and key segments.</summary>
    public const int Depth = 256;

    /// <summary>Files that include files.</summary>
    public const int IncludeDepth = 50;

    /// <summary>Files that one configuration is read from.</summary>
    public const int Files = 1000;

    /// <summary>Mistakes told at once; what follows the first few is mostly their echo.</summary>
    public const int Mistakes = 20;

    /// <summary>Substitutions that lead to substitutions. Counts stack frames, so it must stay well under what a thread's stack holds.</summary>
    public const int Chain = 600;

    /// <summary>
    /// Elements joined, characters concatenated, and <see cref="MergedField"/> for each field merged, while substitutions are resolved: stops texts that double
    /// themselves. A text that was long to begin with may cost <see cref="WorkPerCharacter"/> for each of its characters more.
    /// </summary>
    public const long Work = 16 * 1024 * 1024;

    public const long WorkPerCharacter = 256;

    /// <summary>What one merged field costs beside one character: a node and its place in a dictionary, some hundred bytes.</summary>
    public const int MergedField = 512;
}
