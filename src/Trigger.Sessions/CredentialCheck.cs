using Trigger.Kernel.Actor;

namespace Trigger.Sessions;

/// <summary>A conversation's dealings with the guard of its credentials: asked once, told once what came of it.</summary>
internal sealed class CredentialCheck(IActorRef guard, string credential, string device)
{
    private bool asked;
    private bool shown;
    private bool told;

    /// <summary>Whether the guard's answer is still out.</summary>
    public bool Waiting => asked && !shown && !told;

    public void Ask()
    {
        if (asked)
            return;

        asked = true;
        guard.Tell(new CredentialUse.MayShow(credential, device));
    }

    public void Shown() => shown = true;

    /// <param name="accepted">What the device said, or null when it never came to that.</param>
    public void Judge(bool? accepted)
    {
        if (!asked || told)
            return;

        told = true;
        guard.Tell(new CredentialUse.Judged(credential, device, shown ? accepted : null));
    }
}
