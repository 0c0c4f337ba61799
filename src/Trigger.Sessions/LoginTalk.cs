using Trigger.Devices.Platforms;

namespace Trigger.Sessions;

/// <summary>
/// The login as a text game: what arrived so far → the next move. Pure but for remembering what was already said, so it can be read without actors, clocks or wires.
/// </summary>
/// <param name="inBand">Whether the login happens on the line (Telnet). Over SSH the server has let us in before the first byte.</param>
internal sealed class LoginTalk(Platform platform, PromptReader reader, bool inBand)
{
    private bool nameSent;
    private bool passwordSent;
    private int answered;

    /// <param name="settled">
    /// Whether the device has been silent for the platform's settle time. Text that merely begins like a question ("Last login:") is believed only then, unless
    /// that question is the very thing expected next.
    /// </param>
    public LoginMove Next(bool settled)
    {
        if (passwordSent && reader.LineSinceTyped(platform.Login.Refused) is { } refusal)
            return new LoginMove.Refused(refusal);

        // Over SSH the first prompt is what normally arrives, and no question looks like one.
        if (!inBand && reader.Look() is Sighting.Prompt first)
            return settled || NextLineProves() ? new LoginMove.AtPrompt(first) : LoginMove.Settle;

        if (reader.EndsWith(platform.Login.UserName))
            return Ask(expected: inBand && !nameSent && !passwordSent, again: nameSent || passwordSent, settled, new LoginMove.TypeUserName());

        if (reader.EndsWith(platform.Login.Password))
            return Ask(expected: inBand && !passwordSent, again: passwordSent, settled, new LoginMove.TypePassword());

        foreach (var question in platform.Login.Questions)
        {
            // A device that asks for ever gets ten answers.
            if (reader.EndsWith(question.Asked))
                return settled && answered < 10 ? new LoginMove.Answer(question) : LoginMove.Settle;
        }

        if (reader.Look() is not Sighting.Prompt prompt)
            return LoginMove.Wait;

        // Before anything was asked on Telnet, a banner's line may look like a prompt; typing into it would type into the login.
        return settled || (passwordSent && reader.MovedOn) ? new LoginMove.AtPrompt(prompt) : LoginMove.Settle;
    }

    public void UserNameTyped(string name)
    {
        nameSent = true;
        reader.Typed(name);
    }

    public void PasswordTyped()
    {
        passwordSent = true;
        reader.Typed("");
    }

    public void Answered()
    {
        answered++;
        reader.Typed("");
    }

    private LoginMove Ask(bool expected, bool again, bool settled, LoginMove move)
    {
        if (again && !reader.MovedOn)
            return LoginMove.Wait;

        if (!expected && !settled)
            return LoginMove.Settle;

        return again && passwordSent ? new LoginMove.Refused(reader.Tail()) : move;
    }

    // When a line is typed next anyway, its echo proves the prompt and nothing need be waited for.
    private bool NextLineProves() => platform.Echo && (platform.Enable is not null || platform.OnOpen.Count > 0);
}
