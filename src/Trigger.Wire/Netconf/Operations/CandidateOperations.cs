using System.Xml;
using Trigger.Wire.Netconf.Model;

namespace Trigger.Wire.Netconf.Operations;

/// <summary>Commits and what goes with them (RFC 6241 §8.3 to §8.6).</summary>
public static class CandidateOperations
{
    private static string Ns => NetconfNames.Base.NamespaceName;

    /// <summary>Makes the candidate the running configuration.</summary>
    /// <param name="confirmed">Commits on trial; null commits for good, or confirms a trial of this session.</param>
    /// <param name="persistId">Confirms, or goes on with, a trial that was begun with that token, by whatever session.</param>
    public static Task<RpcReply> CommitAsync(this NetconfSession session, ConfirmedCommit? confirmed = null, string? persistId = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        var request = RpcRequest.Of("commit", writer =>
        {
            if (confirmed is not null)
            {
                writer.WriteStartElement("confirmed", Ns);
                writer.WriteEndElement();
                if (confirmed.Timeout is { } timeout)
                    writer.WriteElementString("confirm-timeout", Ns, XmlConvert.ToString((long)Math.Ceiling(timeout.TotalSeconds)));

                if (confirmed.Persist is { } persist)
                    writer.WriteElementString("persist", Ns, persist);
            }

            if (persistId is not null)
                writer.WriteElementString("persist-id", Ns, persistId);
        });
        var trial = confirmed?.Persist is not null || persistId is not null ? [":confirmed-commit:1.1"] : confirmed is not null ? new[] { ":confirmed-commit" } : [];
        return session.CallAsync(request with { Needs = [":candidate", .. trial] }, cancel);
    }

    /// <summary>Takes a commit on trial back at once.</summary>
    public static Task<RpcReply> CancelCommitAsync(this NetconfSession session, string? persistId = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        var request = RpcRequest.Of("cancel-commit", writer =>
        {
            if (persistId is not null)
                writer.WriteElementString("persist-id", Ns, persistId);
        });
        return session.CallAsync(request with { Needs = [":candidate", ":confirmed-commit:1.1"] }, cancel);
    }

    /// <summary>Makes the candidate what running is.</summary>
    public static Task<RpcReply> DiscardChangesAsync(this NetconfSession session, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.CallAsync(RpcRequest.Of("discard-changes") with { Needs = [":candidate"] }, cancel);
    }

    /// <summary>Lets the server check a datastore, the file at a URL, or a configuration of ours.</summary>
    public static Task<RpcReply> ValidateAsync(this NetconfSession session, ConfigurationSource source, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(source);
        return session.CallAsync(
            RpcRequest.Of("validate", writer => source.WriteTo(writer, "source")) with { Needs = [":validate", .. session.NeedsOf("validate", source)] }, cancel);
    }
}
