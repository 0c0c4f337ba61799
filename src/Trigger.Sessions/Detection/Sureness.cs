namespace Trigger.Sessions.Detection;

/// <summary>How far a detection can be believed.</summary>
public enum Sureness
{
    /// <summary>Nothing speaks for any platform.</summary>
    Unknown,

    /// <summary>Several fit, and the first among them only a little better.</summary>
    Guess,

    /// <summary>One fits clearly better, but did not name itself, or a close relative cannot be told from it.</summary>
    Likely,

    /// <summary>The device has named its system in an answer, and no other platform claims that answer.</summary>
    Certain,
}
