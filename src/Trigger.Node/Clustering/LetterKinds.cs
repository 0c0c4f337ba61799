namespace Trigger.Node.Clustering;

/// <summary>What letters between nodes are about. The words are part of the protocol between versions.</summary>
internal static class LetterKinds
{
    /// <summary>A <see cref="SessionLetter"/> to the node that talks to a device.</summary>
    public const string ToTalker = "to-talker";

    /// <summary>A <see cref="SessionLetter"/> to the node that coordinates a run.</summary>
    public const string ToRun = "to-run";

    /// <summary>There may be a run to begin, or word for one.</summary>
    public const string LookForRuns = "look-for-runs";

    /// <summary>The cluster's accounts have changed.</summary>
    public const string LookForAccounts = "look-for-accounts";

    /// <summary>Which conversations a node is in, or the wish that it resets one of its lines: a question of a <see cref="SessionSurvey"/>.</summary>
    public const string AskForSessions = "ask-for-sessions";

    /// <summary>The answer.</summary>
    public const string Sessions = "sessions";

    public static string Of(SessionLetter letter) => letter is SessionLetter.Converse or SessionLetter.Proceed or SessionLetter.Cancel or SessionLetter.Granted or SessionLetter.Withheld
        or SessionLetter.More or SessionLetter.Enough
        or SessionLetter.Typed or SessionLetter.Resized or SessionLetter.Shown or SessionLetter.Answer
        ? ToTalker
        : ToRun;
}
