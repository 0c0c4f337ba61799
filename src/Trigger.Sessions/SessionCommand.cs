using Trigger.Devices.Credentials;
using Trigger.Kernel.Actor;

namespace Trigger.Sessions;

/// <summary>What anyone may ask of a session.</summary>
public abstract record SessionCommand
{
    /// <summary>
    /// Log in unless already there, run the steps in order, and tell the sender what became of each: <see cref="SessionFact"/>.
    /// </summary>
    /// <param name="Id">The caller's own number; a session does not know what a run is.</param>
    /// <param name="Steps">At least one.</param>
    /// <param name="Credentials">Who to be. Stays the caller's; the session only reads it.</param>
    /// <param name="Guard">Asked before a credential is shown to the device: <see cref="CredentialUse"/>.</param>
    /// <param name="StopAtError">Whether the steps after a refused one are left unsent even when they only read.</param>
    public sealed record Converse(
        ConversationId Id, IReadOnlyList<Step> Steps, Credentials Credentials, IActorRef Guard, bool StopAtError) : SessionCommand
    {
        /// <summary>What the steps are written in.</summary>
        public SessionLanguage Language { get; init; }

        /// <summary>Typed after the platform's own preparation, and like that without asking leave: only what reads belongs here.</summary>
        public IReadOnlyList<string> Init { get; init; } = [];

        /// <summary>How long to wait between an answer and the next step.</summary>
        public TimeSpan Interval { get; init; }

        /// <summary>
        /// Nothing is sent that is not known to only read: with one such step among <see cref="Steps"/> or <see cref="Init"/> the device is not even dialled, and the conversation ends
        /// with <see cref="DeviceFault.Forbidden"/>.
        /// </summary>
        public bool ReadOnly { get; init; }

        /// <summary>
        /// Whether the caller decides what comes next when it has seen what became of the steps: the session stays at the prompt after the last one, or after a changing one that was refused,
        /// and says <see cref="SessionFact.WantsMore"/>. Not in NETCONF.
        /// </summary>
        public bool Steered { get; init; }

        /// <summary>How long a question that nobody has foreseen waits for a person (<see cref="SessionFact.Parked"/>); null when the step ends at once. Not in NETCONF.</summary>
        public TimeSpan? Park { get; init; }

        /// <summary>Which of those that fit the device the credentials are, from 0: how another node finds them, to which secrets are never sent.</summary>
        public int CredentialIndex { get; init; }

        /// <summary>
        /// Who takes the line over once the login is done, in place of the steps; null in every conversation of a machine. The terminal is then not prepared (paging is a person's
        /// own affair), and the conversation ends with the line.
        /// </summary>
        public HandOver? To { get; init; }

        /// <summary>The run under whose name the dialogue is written down, where the node records (<see cref="SessionPlan.Recorder"/>); null when it is not. Not in NETCONF.</summary>
        public string? Recording { get; init; }

        /// <summary>The W3C traceparent of the span that this conversation belongs to; null when nobody traces it.</summary>
        public string? Trace { get; init; }
    }

    /// <summary>The answer to <see cref="SessionFact.WantsLeave"/>: the intent is on record, the step may be sent.</summary>
    public sealed record Proceed(ConversationId Id, int Step) : SessionCommand;

    /// <summary>An answer to <see cref="SessionFact.WantsMore"/>: what comes next.</summary>
    /// <param name="Steps">At least one; their numbers follow those that were given before.</param>
    public sealed record More(ConversationId Id, IReadOnlyList<Step> Steps) : SessionCommand;

    /// <summary>The other answer to <see cref="SessionFact.WantsMore"/>: nothing more, hang up.</summary>
    public sealed record Enough(ConversationId Id) : SessionCommand;

    /// <summary>A person's word on the question that a step waits at.</summary>
    /// <param name="Text">Typed with a line end; null to take the question back with the platform's abort key.</param>
    public sealed record Answer(ConversationId Id, int Step, string? Text, string By) : SessionCommand
    {
        // It may be a password.
        public override string ToString() => $"Answer {{ Id = {Id}, Step = {Step}, By = {By} }}";
    }

    /// <summary>
    /// To a cluster's region: if no node has taken the conversation up yet, it ends at once with <see cref="DeviceFault.NodeLost"/>; else it goes on. Whoever coordinates it is about to hand
    /// that over, and must not wait for a node that may never come.
    /// </summary>
    public sealed record Recall(ConversationId Id) : SessionCommand;

    /// <summary>Send nothing more; a step already sent is still waited for.</summary>
    public sealed record Cancel(ConversationId Id, string By) : SessionCommand;

    /// <summary>
    /// To the keeper: this node may talk to the device no more. Its line is reset at once, whatever was under way, and everybody who was in a conversation with it or waited for one
    /// hears that it ended with <see cref="DeviceFault.NodeLost"/>.
    /// </summary>
    public sealed record Abandon(string Node) : SessionCommand;

    private SessionCommand() { }
}
