namespace Trigger.Parsing.TextFsm;

/// <summary>A text that its template refuses: an <c>Error</c> rule matched, or a rule took too long.</summary>
/// <param name="path">The template's.</param>
/// <param name="rule">The rule's line in the template.</param>
/// <param name="input">The line of the text, the first being 1.</param>
public sealed class ParseException(string path, int rule, int input, string message) : Exception(message)
{
    public string Path { get; } = path;

    public int Rule { get; } = rule;

    public int Input { get; } = input;
}
