namespace Trigger.Sessions;

/// <summary>
/// Why a device did not do what it was asked, told in terms an operator can act on. <see cref="Kind"/> is a stable word for programs, <see cref="Text"/> one
/// or more sentences for people: what was expected, what happened, and the last bytes received where there were any. Never carries a secret.
/// </summary>
public abstract record DeviceFault
{
    /// <summary>The device's port answered that nobody listens.</summary>
    public sealed record ConnectionRefused(string Address) : DeviceFault(
        "refused", worthRetrying: true, $"{Address} refused the connection: nothing listens on that port.");

    /// <summary>The network cannot get there.</summary>
    public sealed record Unreachable(string Address, string Reason) : DeviceFault(
        "unreachable", worthRetrying: true, $"{Address} cannot be reached: {Reason}.");

    /// <summary>The name has no address.</summary>
    public sealed record NameNotFound(string Host, string Reason) : DeviceFault(
        "name_not_found", worthRetrying: false, $"'{Host}' has no address: {Reason}.");

    /// <summary>Nothing decisive happened in time.</summary>
    /// <param name="During">What was under way, as the end of the sentence "timed out while …".</param>
    /// <param name="Received">The last text received in that phase; empty when there was none.</param>
    public sealed record TimedOut(string During, TimeSpan Waited, string Received) : DeviceFault(
        "timed_out", worthRetrying: true, $"Timed out after {Seconds(Waited)} while {During}.{Last(Received)}");

    /// <summary>The port speaks something else than SSH.</summary>
    public sealed record NotSsh(string Received) : DeviceFault(
        "not_ssh", worthRetrying: false,
        $"Expected an SSH server, which greets with \"SSH-2.0-…\", and got something else.{Last(Received)} If it is a Telnet port, say protocol=telnet.");

    /// <summary>No SSH algorithm in common.</summary>
    public sealed record AlgorithmMismatch(string Kind, IReadOnlyList<string> Offered, IReadOnlyList<string> Allowed) : DeviceFault(
        "algorithm_mismatch", worthRetrying: false,
        $"No {Kind} algorithm in common. The device offers: {string.Join(", ", Offered)}. We allow: {string.Join(", ", Allowed)}. "
        + "If the device is that old, give its row sshAlgorithms=legacy.")
    {
        public bool Equals(AlgorithmMismatch? other) =>
            other is not null && Kind == other.Kind && Offered.SequenceEqual(other.Offered) && Allowed.SequenceEqual(other.Allowed);

        public override int GetHashCode() => HashCode.Combine(Kind, Offered.Count, Allowed.Count);
    }

    /// <summary>The SSH handshake failed for another reason.</summary>
    public sealed record HandshakeFailed(string Reason) : DeviceFault(
        "handshake_failed", worthRetrying: true, $"The SSH handshake failed: {Reason}.");

    /// <summary>No host key is on record.</summary>
    public sealed record HostKeyUnknown(string Host, string KeyType, string Fingerprint) : DeviceFault(
        "host_key_unknown", worthRetrying: false,
        $"The host key of {Host} is not known. It showed {KeyType} {Fingerprint}. Check it, then add it to known_hosts, pin it in the "
        + "inventory (hostKey), or record it on first sight with --accept-new.");

    /// <summary>Another host key is on record.</summary>
    public sealed record HostKeyChanged(string Host, string KeyType, string Known, string Offered, string Where) : DeviceFault(
        "host_key_changed", worthRetrying: false,
        $"The host key of {Host} has changed, or somebody is in between. On record ({Where}): {Known}. Shown: {KeyType} {Offered}. Nothing was sent. "
        + (Where == OfCluster ? "If the device was replaced, approve the new key: pbm host-key approve." : "If the device was replaced, remove the old line."))
    {
        /// <summary>What the place is called when the cluster's own store knows another key.</summary>
        public const string OfCluster = "the cluster's host keys";
    }

    /// <summary>The host key is marked as revoked.</summary>
    public sealed record HostKeyRevoked(string Host, string Fingerprint, string Where) : DeviceFault(
        "host_key_revoked", worthRetrying: false, $"The host key {Fingerprint} of {Host} is revoked ({Where}). Nothing was sent.");

    /// <summary>The device did not accept who we are.</summary>
    /// <param name="Received">The device's own words, or the methods that it would still take.</param>
    public sealed record LoginRefused(string UserName, string Received) : DeviceFault(
        "login_refused", worthRetrying: false, $"The device refused to log in {(UserName.Length == 0 ? "with this password" : $"'{UserName}'")}.{Last(Received)}");

    /// <summary>The way to the device failed at a jump host or a proxy command; the device itself had no say.</summary>
    /// <param name="Reason">One or more sentences.</param>
    public sealed record HopFailed(string Hop, string Reason, bool MayPass) : DeviceFault("hop_failed", worthRetrying: MayPass, $"The way to the device failed at {Hop}. {Reason}");

    /// <summary>A credential that the device asks for was not given to us.</summary>
    public sealed record CredentialMissing(string What, string Remedy) : DeviceFault(
        "credential_missing", worthRetrying: false, $"The device asks for {What}, and none was given. {Remedy}");

    /// <summary>Too many devices refused this credential; it is not shown to any more of them.</summary>
    public sealed record CredentialSuspended(string UserName, int Refusals) : DeviceFault(
        "credential_suspended", worthRetrying: false,
        $"Not tried: {Refusals} devices have refused '{UserName}' with these credentials, so the run stopped using them before an account is locked.");

    /// <summary>The device did not raise the privilege.</summary>
    public sealed record EnableRefused(string Received) : DeviceFault(
        "enable_refused", worthRetrying: false, $"The device refused the enable password.{Last(Received)}");

    /// <summary>Logged in but the server gives no channel, terminal or shell.</summary>
    public sealed record ShellRefused(string What, string Reason) : DeviceFault(
        "shell_refused", worthRetrying: true, $"Logged in, but the device would not give {What}: {Reason}.");

    /// <summary>The text that waits for us is no prompt of this platform.</summary>
    /// <param name="Candidates">Platforms whose prompt it would be.</param>
    public sealed record PromptNotRecognised(string Platform, string Received, IReadOnlyList<string> Candidates) : DeviceFault(
        "prompt_not_recognised", worthRetrying: false,
        $"Expected a prompt of {Platform}.{Last(Received)}"
        + (Candidates.Count == 0 ? " No platform we know has such a prompt." : $" It looks like {string.Join(", ", Candidates)}: give the row its platform."))
    {
        public bool Equals(PromptNotRecognised? other) =>
            other is not null && Platform == other.Platform && Received == other.Received && Candidates.SequenceEqual(other.Candidates);

        public override int GetHashCode() => HashCode.Combine(Platform, Received);
    }

    /// <summary>The device answered the command with an error.</summary>
    public sealed record DeviceError(string Line) : DeviceFault("device_error", worthRetrying: false, $"The device answered: {Line}");

    /// <summary>The device does not offer what the operation needs. It was not sent.</summary>
    public sealed record NotSupported(string Operation, string Capability) : DeviceFault(
        "not_supported", worthRetrying: false, $"Not sent: {Operation} needs the capability {Capability}, which the device does not offer.");

    /// <summary>The line broke.</summary>
    public sealed record LineLost(string During, string Reason, string Received) : DeviceFault(
        "line_lost", worthRetrying: true, $"The line was lost while {During}: {Reason}.{Last(Received)}");

    /// <summary>The answer passed the limit and was cut off.</summary>
    public sealed record TooMuchOutput(string Command, int Limit) : DeviceFault(
        "too_much_output", worthRetrying: false, $"'{Quoted.Command(Command)}' answered more than {Limit} bytes; the rest was not read and the session was closed.");

    /// <summary>The device waits for an answer that neither its platform nor the caller knows.</summary>
    public sealed record QuestionAsked(string Command, string Question) : DeviceFault(
        "question_asked", worthRetrying: false,
        $"'{Quoted.Command(Command)}' made the device ask {Quoted.Text(Question)}, and nobody has said what to answer. It was taken back, and the session was closed. Say it with --answer 'QUESTION=>ANSWER', or keep such questions for a person with --park.");

    /// <summary>A person took the device's question back.</summary>
    public sealed record QuestionAborted(string Command, string Question, string By) : DeviceFault(
        "question_aborted", worthRetrying: false, $"'{Quoted.Command(Command)}' made the device ask {Quoted.Text(Question)}, and {By} has taken it back.");

    /// <summary>The device answered, and not what a verification wants to see.</summary>
    /// <param name="What">A sentence without its stop.</param>
    public sealed record NotAsExpected(string What) : DeviceFault(Word, worthRetrying: false, $"{What}.")
    {
        public const string Word = "not_as_expected";
    }

    /// <summary>The run may only read, and the command is not known to.</summary>
    public sealed record Forbidden(string Command, string Platform) : DeviceFault(
        "forbidden", worthRetrying: false, $"Not sent: the run may only read, and '{Quoted.Command(Command)}' is not known to change nothing on {Platform}.");

    /// <summary>Never sent, because of what went before.</summary>
    public sealed record Skipped(string Because) : DeviceFault("skipped", worthRetrying: false, $"Not sent: {Because}.");

    /// <summary>Never sent, because the run was cancelled.</summary>
    public sealed record Cancelled(string By) : DeviceFault("cancelled", worthRetrying: false, $"Not sent: the run was cancelled by {By}.");

    /// <summary>A changing command had begun when the engine died; whether the device carried it out is for a person to find out.</summary>
    public sealed record Interrupted(string Command) : DeviceFault(
        "interrupted", worthRetrying: false,
        $"'{Quoted.Command(Command)}' was about to be sent, or had been, when the engine stopped. It may or may not have been carried out; it is not sent again.");

    /// <summary>The node that talked to the device, or was about to, is gone or has handed the device over. What was not begun may be begun elsewhere.</summary>
    public sealed record NodeLost(string Node) : DeviceFault("node_lost", worthRetrying: true, $"Node {Node}, which talked to the device, was lost or has given the device up.");

    /// <summary>As another node told it.</summary>
    public sealed record Told(string OfKind, bool Passing, string Sentence) : DeviceFault(OfKind, Passing, Sentence);

    /// <summary>Our own fault.</summary>
    public sealed record EngineFailed(string Reason) : DeviceFault("engine_failed", worthRetrying: false, Reason)
    {
        /// <summary>Whoever hands conversations to a session holds one at a time; this says that somebody did not.</summary>
        internal static EngineFailed Busy { get; } = new("The session is in a conversation already.");
    }

    private DeviceFault(string kind, bool worthRetrying, string text)
    {
        Kind = kind;
        WorthRetrying = worthRetrying;
        Text = text;
    }

    public string Kind { get; }

    public string Text { get; }

    /// <summary>Whether another credential may do better.</summary>
    public bool IsOfCredential => Kind is "login_refused" or "credential_suspended" or "credential_missing";

    /// <summary>Whether asking again later, without changing anything, may well succeed.</summary>
    public bool WorthRetrying { get; }

    private static string Seconds(TimeSpan waited) => waited.TotalSeconds.ToString("0.#") + " s";

    private static string Last(string received) => received.Length == 0 ? " Nothing was received." : $" Last received: {Quoted.Text(received)}.";
}
