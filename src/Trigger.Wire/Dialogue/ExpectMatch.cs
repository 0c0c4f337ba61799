using System.Text.RegularExpressions;

namespace Trigger.Wire.Dialogue;

/// <summary>What an expect found.</summary>
/// <param name="Index">Which of the patterns, from 0.</param>
/// <param name="Match">The match, with its groups.</param>
/// <param name="Text">All that was read: everything up to and including the match. What followed is still unread.</param>
public sealed record ExpectMatch(int Index, Match Match, string Text)
{
    /// <summary>What stood before the match.</summary>
    public string Before => Text[..^Match.Length];
}
