using Trigger.Devices.Platforms;

namespace Trigger.Sessions;

/// <summary>Raising the privilege, as <see cref="LoginTalk"/> does the login.</summary>
internal sealed class EnableTalk(Platform platform, EnableDialogue dialogue, PromptReader reader, int workDepth)
{
    private bool passwordSent;

    public LoginMove Next(bool settled)
    {
        if (!reader.MovedOn)
            return LoginMove.Wait;

        if (reader.LineSinceTyped(dialogue.Refused) is { } refusal)
            return new LoginMove.Refused(refusal);

        if (dialogue.UserName is { } name && reader.EndsWith(name))
            return new LoginMove.TypeUserName();

        if (reader.EndsWith(dialogue.Password))
            return passwordSent ? new LoginMove.Refused(reader.Tail()) : new LoginMove.TypePassword();

        if (reader.Look() is not Sighting.Prompt prompt)
            return LoginMove.Wait;

        if (prompt.Depth >= workDepth)
            return settled || platform.OnOpen.Count > 0 ? new LoginMove.AtPrompt(prompt) : LoginMove.Settle;

        return settled ? new LoginMove.Refused(reader.Tail()) : LoginMove.Settle;
    }

    public void UserNameTyped(string name) => reader.Typed(name);

    public void PasswordTyped()
    {
        passwordSent = true;
        reader.Typed("");
    }
}
