using Trigger.Kernel.Actor;
using Trigger.Sessions;

namespace Trigger.Jobs;

/// <summary>
/// Lets a credential be shown to as many devices at a time as may refuse it, until one has accepted it; from then on to all, until too many have refused. So a mistyped password
/// meets at most <c>limit</c> devices, however many are dialled at once.
/// </summary>
public sealed class CredentialGuard : ReceiveActor
{
    private readonly Dictionary<string, Standing> standings = new(StringComparer.Ordinal);
    private readonly int limit;

    /// <param name="limit">At least 1.</param>
    public CredentialGuard(int limit)
    {
        this.limit = limit;
        Receive<CredentialUse.MayShow>(ask => Ask(Of(ask.Credential), ask.Device));
        Receive<CredentialUse.Judged>(verdict => Judge(Of(verdict.Credential), verdict));
    }

    private sealed class Standing
    {
        public readonly HashSet<string> Refused = new(StringComparer.Ordinal);
        public readonly HashSet<string> Shown = new(StringComparer.Ordinal);
        public readonly HashSet<string> Withdrawn = new(StringComparer.Ordinal);
        public readonly Queue<(IActorRef Session, string Device)> Waiting = new();
        public bool Accepted;
    }

    private void Ask(Standing standing, string device)
    {
        standing.Waiting.Enqueue((Sender, device));
        Serve(standing);
    }

    private void Judge(Standing standing, CredentialUse.Judged verdict)
    {
        // A session whose line broke while it waited for leave has withdrawn its question.
        if (!standing.Shown.Remove(verdict.Device))
            standing.Withdrawn.Add(verdict.Device);
        if (verdict.Accepted == true)
            standing.Accepted = true;
        else if (verdict.Accepted == false)
            standing.Refused.Add(verdict.Device);
        Serve(standing);
    }

    private void Serve(Standing standing)
    {
        while (standing.Waiting.Count > 0)
        {
            if (standing.Withdrawn.Remove(standing.Waiting.Peek().Device))
            {
                standing.Waiting.Dequeue();
                continue;
            }

            var room = limit - standing.Refused.Count;
            if (room <= 0)
            {
                standing.Waiting.Dequeue().Session.Tell(new CredentialUse.Withheld(standing.Refused.Count));
                continue;
            }

            if (!standing.Accepted && standing.Shown.Count >= room)
                return;

            var (session, device) = standing.Waiting.Dequeue();
            standing.Shown.Add(device);
            session.Tell(new CredentialUse.Granted());
        }
    }

    private Standing Of(string credential)
    {
        if (!standings.TryGetValue(credential, out var standing))
            standings.Add(credential, standing = new Standing());
        return standing;
    }
}
