namespace Trigger.Sessions.Netconf;

/// <summary>
/// What a session has left open on its device: locks, changes in the candidate, a commit that waits for its confirmation. All of that can go with the session (RFC 6241 §7.5, §8.3.5.2,
/// §8.4.1), so steps behind it mean something else in another one.
/// </summary>
internal sealed class NetconfProgress
{
    private readonly HashSet<string> locks = [];
    private bool candidateChanged;
    private bool unconfirmed;

    public bool NothingOpen => locks.Count == 0 && !candidateChanged && !unconfirmed;

    public void Done(NetconfStep step)
    {
        switch (step.Name)
        {
            case "lock" when step.Target is { } target:
                locks.Add(target);
                break;
            case "unlock" when step.Target is { } target:
                locks.Remove(target);
                break;
            case "edit-config" or "copy-config" or "edit-data" when step.Target == "candidate":
                candidateChanged = true;
                break;
            case "commit":
                candidateChanged = false;
                unconfirmed = step.IsProvisional;
                break;
            case "cancel-commit":
                unconfirmed = false;
                break;
            case "discard-changes":
                candidateChanged = false;
                break;
        }
    }
}
