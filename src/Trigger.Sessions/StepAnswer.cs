using System.Text.RegularExpressions;
using Trigger.Devices.Platforms;

namespace Trigger.Sessions;

/// <summary>What to type when a command asks. Typed once; a question that comes twice wants two of them.</summary>
/// <param name="Expect">A regular expression for the end of the line in which the device waits.</param>
/// <param name="Answer">Typed with a line end. It is kept on record, so it is no place for a password.</param>
public sealed record StepAnswer(string Expect, string Answer)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What is wrong with it, or null.</summary>
    public string? Mistake()
    {
        try
        {
            _ = Compile();
            return Expect.Trim().Length == 0 ? "an answer needs the question that it is for" : Answer.Any(char.IsControl) ? "an answer is printable text" : null;
        }
        catch (ArgumentException bad)
        {
            return bad.Message;
        }
    }

    internal Question Compile()
    {
        var whole = $@"(?:{Expect})\s*$";
        const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
        try
        {
            return new Question(new Regex(whole, Options | RegexOptions.NonBacktracking), Answer);
        }
        catch (NotSupportedException)
        {
            return new Question(new Regex(whole, Options, Patience), Answer);
        }
    }
}
