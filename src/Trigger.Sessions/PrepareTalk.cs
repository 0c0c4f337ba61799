namespace Trigger.Sessions;

/// <summary>The talk from a command that prepares the terminal to the prompt behind it. Turns pages, which may still be on.</summary>
internal sealed class PrepareTalk(Conversation talk)
{
    /// <param name="settled">Nothing has arrived for the platform's settle time.</param>
    public LoginMove Next(bool settled)
    {
        if (!talk.Reader.MovedOn)
            return LoginMove.Wait;

        switch (talk.Reader.Look())
        {
            case Sighting.Pages:
                talk.Keyboard.TurnPage(talk.Platform.PagerAnswer);
                return LoginMove.Wait;

            // A prompt below the mode in which commands run may be the beginning of that mode's own: "switch>" of "switch> (enable)".
            case Sighting.Prompt prompt when settled || (prompt.Depth >= talk.WorkDepth && talk.Platform.Echo && talk.Reader.Answer().Echoed):
                return new LoginMove.AtPrompt(prompt);

            case Sighting.Prompt:
                return LoginMove.Settle;

            default:
                return LoginMove.Wait;
        }
    }
}
