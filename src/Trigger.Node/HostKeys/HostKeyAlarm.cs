namespace Trigger.Node.HostKeys;

/// <summary>A host has shown a key that is not the one on record, or that nobody has vouched for. Nothing was sent to it. Published to the node's event stream.</summary>
/// <param name="Known">The fingerprint on record; null when there is none.</param>
public sealed record HostKeyAlarm(HostKeyRecord Key, string? Known)
{
    public override string ToString() => Known is null
        ? $"The host key of {Key.Host} is not known: {Key.Type} {Key.Fingerprint}. Nothing was sent. It waits for approval: pbm host-key approve {Key.Id}"
        : $"The host key of {Key.Host} has changed, or somebody is in between. On record: {Known}. Shown: {Key.Type} {Key.Fingerprint}. Nothing was sent. It waits for approval: pbm host-key approve {Key.Id}";
}
