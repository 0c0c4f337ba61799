using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Trigger.Sessions;

namespace Trigger.Node.Clustering;

/// <summary>
/// What the node that coordinates a run and the node that talks to a device write to each other about one conversation. Carries names and never a secret: a device and a credential
/// are looked up where they are used.
/// </summary>
/// <param name="Talk">The coordinating node's own number for the conversation.</param>
[JsonDerivedType(typeof(Converse), "converse")]
[JsonDerivedType(typeof(Proceed), "proceed")]
[JsonDerivedType(typeof(Cancel), "cancel")]
[JsonDerivedType(typeof(Answer), "answer")]
[JsonDerivedType(typeof(Parked), "parked")]
[JsonDerivedType(typeof(Unparked), "unparked")]
[JsonDerivedType(typeof(Granted), "granted")]
[JsonDerivedType(typeof(Withheld), "withheld")]
[JsonDerivedType(typeof(MayShow), "may-show")]
[JsonDerivedType(typeof(Judged), "judged")]
[JsonDerivedType(typeof(LoggedIn), "logged-in")]
[JsonDerivedType(typeof(WantsLeave), "wants-leave")]
[JsonDerivedType(typeof(Answered), "answered")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(InDoubt), "in-doubt")]
[JsonDerivedType(typeof(Ended), "ended")]
[JsonDerivedType(typeof(Typed), "typed")]
[JsonDerivedType(typeof(Resized), "resized")]
[JsonDerivedType(typeof(Shown), "shown")]
[JsonDerivedType(typeof(Waits), "waits")]
[JsonDerivedType(typeof(Opened), "opened")]
[JsonDerivedType(typeof(Heard), "heard")]
[JsonDerivedType(typeof(WantsMore), "wants-more")]
[JsonDerivedType(typeof(More), "more")]
[JsonDerivedType(typeof(Enough), "enough")]
internal abstract record SessionLetter(long Talk)
{
    // JSON of ours begins with a brace.
    private const byte Packed = 1;
    private const int WorthPacking = 16 * 1024;

    /// <summary>Coordinator to talker.</summary>
    /// <param name="Epoch">Under which the coordinator believes the device to be the talker's.</param>
    /// <param name="Credential">Which of those that fit the device, from 0.</param>
    /// <param name="UserName">Whose that is: two nodes with different credentials must not take one for the other.</param>
    public sealed record Converse(
        long Talk, string Id, string Device, long Epoch, int Credential, string UserName, IReadOnlyList<Step> Steps, bool StopAtError, SessionLanguage Language,
        IReadOnlyList<string> Init, TimeSpan Interval, bool ReadOnly = false) : SessionLetter(Talk)
    {
        /// <summary>A person's terminal, in place of the steps; null in every conversation of a machine.</summary>
        public TerminalWish? Terminal { get; init; }

        /// <summary>The W3C traceparent of the coordinator's span; null when nobody traces it.</summary>
        public string? Trace { get; init; }

        /// <summary>Whether the coordinator says what comes next when it has seen what became of the steps.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Steered { get; init; }

        /// <summary>The run under whose name the talker writes the dialogue down; null when it does not.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Recording { get; init; }

        /// <summary>How long a question waits for a person; null when its step ends at once.</summary>
        public TimeSpan? Park { get; init; }
    }

    public sealed record Proceed(long Talk, int Step) : SessionLetter(Talk);

    public sealed record Cancel(long Talk, string By) : SessionLetter(Talk);

    /// <summary>A person's word on the question that a step waits at. Never a secret: what is asked for one is not answered by letter.</summary>
    public sealed record Answer(long Talk, int Step, string? Text, string By) : SessionLetter(Talk);

    public sealed record Granted(long Talk) : SessionLetter(Talk);

    public sealed record Withheld(long Talk, int Refusals) : SessionLetter(Talk);

    /// <summary>Talker to coordinator, as all that follow.</summary>
    public sealed record MayShow(long Talk) : SessionLetter(Talk);

    public sealed record Judged(long Talk, bool? Accepted) : SessionLetter(Talk);

    public sealed record LoggedIn(long Talk, string Prompt) : SessionLetter(Talk);

    public sealed record WantsLeave(long Talk, int Step) : SessionLetter(Talk);

    public sealed record Parked(long Talk, int Step, string Question, TimeSpan Patience) : SessionLetter(Talk);

    public sealed record Unparked(long Talk, int Step, GivenAnswer? Given) : SessionLetter(Talk);

    public sealed record Answered(long Talk, int Step, string Output, TimeSpan Elapsed, bool InWorkMode, StepNotes? Notes = null) : SessionLetter(Talk);

    public sealed record Refused(long Talk, int Step, FaultNote Fault, string Output, TimeSpan Elapsed, bool InWorkMode, StepNotes? Notes = null) : SessionLetter(Talk);

    public sealed record InDoubt(long Talk, int Step, FaultNote Fault, string Output, TimeSpan Elapsed, StepNotes? Notes = null) : SessionLetter(Talk);

    public sealed record Ended(long Talk, FaultNote? Fault) : SessionLetter(Talk);

    /// <summary>The person's end of a terminal to the device's: keys.</summary>
    public sealed record Typed(long Talk, byte[] Bytes) : SessionLetter(Talk);

    public sealed record Resized(long Talk, int Columns, int Rows) : SessionLetter(Talk);

    /// <summary>The last <see cref="Heard"/> is on the person's screen; the next may come.</summary>
    public sealed record Shown(long Talk) : SessionLetter(Talk);

    /// <summary>The device's end of a terminal to the person's, as those that follow: others talk to the device, and come first.</summary>
    public sealed record Waits(long Talk, string Others) : SessionLetter(Talk);

    public sealed record Opened(long Talk, string Address, string? ServerVersion, string? Banner, string? HostKeyFingerprint, bool InsteadOfSsh = false) : SessionLetter(Talk);

    public sealed record Heard(long Talk, byte[] Bytes) : SessionLetter(Talk);

    /// <summary>Talker to coordinator, in a steered conversation: what comes next?</summary>
    public sealed record WantsMore(long Talk, FaultNote? Fault) : SessionLetter(Talk);

    /// <summary>Coordinator to talker, in answer to that, as the next.</summary>
    public sealed record More(long Talk, IReadOnlyList<Step> Steps) : SessionLetter(Talk);

    public sealed record Enough(long Talk) : SessionLetter(Talk);

    /// <summary>As JSON; packed when it is long, as configurations are.</summary>
    public byte[] Write()
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(this, SessionLetterContext.Default.SessionLetter);
        if (json.Length < WorthPacking)
            return json;

        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            brotli.Write(json);
        return [Packed, .. packed.GetBuffer().AsSpan(0, (int)packed.Length)];
    }

    /// <exception cref="JsonException">It is none of ours, or of a newer Trigger.</exception>
    public static SessionLetter Read(byte[] body)
    {
        if (body is not [Packed, ..])
            return Parse(body);

        using var json = new MemoryStream();
        using (var brotli = new BrotliStream(new MemoryStream(body, 1, body.Length - 1), CompressionMode.Decompress))
            brotli.CopyTo(json);
        return Parse(json.GetBuffer().AsSpan(0, (int)json.Length));
    }

    private static SessionLetter Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, SessionLetterContext.Default.SessionLetter) ?? throw new JsonException("A letter is an object, not null.");

    /// <summary>The fact that a talker's letter tells, under the coordinator's own name for the conversation; null when it tells none.</summary>
    public SessionFact? Fact(ConversationId id) => this switch
    {
        LoggedIn l => new SessionFact.LoggedIn(id, l.Prompt),
        WantsLeave l => new SessionFact.WantsLeave(id, l.Step),
        Parked l => new SessionFact.Parked(id, l.Step, l.Question, l.Patience),
        Unparked l => new SessionFact.Unparked(id, l.Step, l.Given),
        Answered l => new SessionFact.Answered(id, l.Step, l.Output, l.Elapsed, l.InWorkMode) { Notes = l.Notes },
        Refused l => new SessionFact.Refused(id, l.Step, l.Fault.Fault(), l.Output, l.Elapsed, l.InWorkMode) { Notes = l.Notes },
        InDoubt l => new SessionFact.InDoubt(id, l.Step, l.Fault.Fault(), l.Output, l.Elapsed) { Notes = l.Notes },
        WantsMore l => new SessionFact.WantsMore(id, l.Fault?.Fault()),
        Ended l => new SessionFact.Ended(id, l.Fault?.Fault()),
        _ => null,
    };

    public static SessionLetter Of(long talk, SessionFact fact) => fact switch
    {
        SessionFact.LoggedIn f => new LoggedIn(talk, f.Prompt),
        SessionFact.WantsLeave f => new WantsLeave(talk, f.Step),
        SessionFact.Parked f => new Parked(talk, f.Step, f.Question, f.Patience),
        SessionFact.Unparked f => new Unparked(talk, f.Step, f.Given),
        SessionFact.Answered f => new Answered(talk, f.Step, f.Output, f.Elapsed, f.InWorkMode, f.Notes),
        SessionFact.Refused f => new Refused(talk, f.Step, FaultNote.Of(f.Fault), f.Output, f.Elapsed, f.InWorkMode, f.Notes),
        SessionFact.InDoubt f => new InDoubt(talk, f.Step, FaultNote.Of(f.Fault), f.Output, f.Elapsed, f.Notes),
        SessionFact.WantsMore f => new WantsMore(talk, f.Fault is null ? null : FaultNote.Of(f.Fault)),
        SessionFact.Ended f => new Ended(talk, f.Fault is null ? null : FaultNote.Of(f.Fault)),
        _ => throw new NotSupportedException($"{fact.GetType()} has no letter."),
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SessionLetter))]
internal sealed partial class SessionLetterContext : JsonSerializerContext;
