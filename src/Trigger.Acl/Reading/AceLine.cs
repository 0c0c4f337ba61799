using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Reading;

/// <summary>A line while it is being read.</summary>
internal sealed class AceLine(AceContext context)
{
    private List<string>? unknown;
    private List<Modifier>? modifiers;

    public AceContext Context => context;

    public TermAction Action { get; set; } = TermAction.Deny;

    public int ActionAt { get; set; }

    public ByteSet Protocols { get; set; } = ByteSet.All;

    public AddressSet Source { get; set; } = AddressSet.Any;

    public AddressSet Destination { get; set; } = AddressSet.Any;

    public RangeSet? SourcePorts { get; set; }

    public RangeSet? DestinationPorts { get; set; }

    public RareMatch? Rare { get; set; }

    public List<ServiceEntry>? Services { get; set; }

    public bool Inactive { get; set; }

    public LineMistake? Mistake { get; set; }

    public List<string> Unknown => unknown ??= [];

    public List<Modifier> Modifiers => modifiers ??= [];

    /// <summary>Whether its action is known.</summary>
    public bool Read { get; set; }

    public bool Is(int protocol) => Protocols.Count == 1 && Protocols.Contains(protocol);

    public bool IsIcmp => Is(1) || Is(58);

    public IReadOnlyList<string> NotUnderstood => unknown ?? (IReadOnlyList<string>)[];

    /// <summary>The line as one of which no more is known than stood before the mistake.</summary>
    public AceLine Unread(ReadOnlySpan<char> text)
    {
        var bare = new AceLine(context) { Action = Action, ActionAt = ActionAt, Protocols = Protocols, Services = Services, Source = Source, SourcePorts = SourcePorts };
        bare.Unknown.Add(text[ActionAt..].TrimEnd().ToString());
        return bare;
    }

    public Term ToTerm(int? sequence, IReadOnlyList<Comment> comments)
    {
        List<Match> matches = Services is null ? [] : [.. Services.Select(With)];
        return new Term
        {
            Action = Action,
            // A service group without a member that could be read matches nothing that is known.
            Match = Services is null ? Bare() : matches.Count > 0 ? matches[0] : Bare() with { Protocols = Unknown.Count > 0 ? ByteSet.All : ByteSet.Empty },
            Also = matches.Count > 1 ? matches[1..] : [],
            Modifiers = modifiers ?? (IReadOnlyList<Modifier>)[],
            Unknown = unknown ?? (IReadOnlyList<string>)[],
            Inactive = Inactive,
            Sequence = sequence,
            Comments = comments,
            At = new Position(context.Line, context.Column + ActionAt),
            Spelling = new Spelling(context.Source, context.Start, context.Length, ActionAt),
        };
    }

    private Match Bare() => new()
    {
        Protocols = Protocols,
        Source = Source,
        Destination = Destination,
        SourcePorts = SourcePorts,
        DestinationPorts = DestinationPorts,
        Rare = Rare,
    };

    private Match With(ServiceEntry service) => Bare() with
    {
        Protocols = service.Protocols,
        SourcePorts = service.Source ?? SourcePorts,
        DestinationPorts = service.Destination ?? DestinationPorts,
        Rare = service.IcmpTypes is null ? Rare : (Rare ?? new RareMatch()) with { IcmpTypes = service.IcmpTypes, IcmpCodes = service.IcmpCodes },
    };
}
