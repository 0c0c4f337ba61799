using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Trigger.Kernel.Actor;

/// <summary>
/// The name of an actor in the tree of its system. Two paths are equal when all their elements are; the <see cref="Uid"/> tells incarnations
/// apart and is compared by references, never by paths.
/// </summary>
public class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    private const string AllowedBesidesLettersAndDigits = "-_.*$+:@&=,!~';()%";

    private readonly ActorPath? _parent;

    // Only the root carries the address; every actor keeping a copy would cost a word each.
    private readonly Address? _address;

    private protected ActorPath(Address? address, ActorPath? parent, string name, long uid)
    {
        _address = address;
        _parent = parent;
        Name = name;
        Uid = uid;
    }

    public string Name { get; }

    /// <summary>The incarnation; 0 when it is not known, as in a path that was written down.</summary>
    public long Uid { get; }

    public ActorPath Parent => _parent ?? this;

    public ActorPath Root => _parent is null ? this : _parent.Root;

    public Address Address => Root._address!;

    public IReadOnlyList<string> Elements
    {
        get
        {
            var elements = new List<string>();
            for (var at = this; at._parent is not null; at = at._parent)
                elements.Add(at.Name);
            elements.Reverse();
            return elements;
        }
    }

    /// <summary>How many elements it has.</summary>
    public int Depth => _parent is null ? 0 : _parent.Depth + 1;

    public static ActorPath operator /(ActorPath path, IEnumerable<string> names) => names.Aggregate(path, (at, name) => at / name);

    public static ActorPath operator /(ActorPath path, string name) => path.Child(name, uid: 0);

    public static bool operator ==(ActorPath? left, ActorPath? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(ActorPath? left, ActorPath? right) => !(left == right);

    public static bool operator <(ActorPath left, ActorPath right) => left.CompareTo(right) < 0;

    public static bool operator >(ActorPath left, ActorPath right) => left.CompareTo(right) > 0;

    public static bool operator <=(ActorPath left, ActorPath right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ActorPath left, ActorPath right) => left.CompareTo(right) >= 0;

    /// <summary>Whether a user may give an actor this name: ASCII letters, digits and a few signs of RFC 2396, not beginning with a dollar.</summary>
    public static bool IsValidPathElement(string? element)
    {
        if (string.IsNullOrEmpty(element) || element[0] == '$')
            return false;

        foreach (var c in element)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !AllowedBesidesLettersAndDigits.Contains(c, StringComparison.Ordinal))
                return false;
        }

        return true;
    }

    public static string FormatPathElements(IEnumerable<string> pathElements) => "/" + string.Join('/', pathElements);

    /// <exception cref="UriFormatException">The text is no address followed by a path.</exception>
    public static ActorPath Parse(string path) =>
        TryParse(path, out var parsed) ? parsed : throw new UriFormatException($"Can not parse an ActorPath: {path}");

    public static bool TryParse(string? path, [NotNullWhen(true)] out ActorPath? actorPath)
    {
        actorPath = null;
        if (!Address.TryParse(path, out var address, out var relative))
            return false;

        var parts = relative.Split('#');
        var uid = 0L;
        if (parts.Length > 2 || (parts.Length == 2 && !long.TryParse(parts[1], out uid)))
            return false;

        actorPath = RootOf(address) / parts[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (uid != 0)
            actorPath = actorPath.WithUid(uid);
        return true;
    }

    public ActorPath Child(string childName) => this / childName;

    /// <param name="depth">0 for the root; negative to count upwards from here.</param>
    public ActorPath ParentOf(int depth)
    {
        var at = this;
        for (var up = depth >= 0 ? Depth - depth : -depth; up > 0; up--)
            at = at.Parent;
        return at;
    }

    public string ToStringWithAddress() => ToString();

    /// <param name="address">Stands in for an address without a host; one that has its own keeps it.</param>
    public string ToStringWithAddress(Address address) => (Address.HasLocalScope ? address : Address) + ToStringWithoutAddress();

    public string ToSerializationFormatWithAddress(Address address) => ToStringWithAddress(address) + (Uid == 0 ? "" : $"#{Uid}");

    public ActorPath WithUid(long uid) => new(_address, _parent, Name, uid);

    public string ToStringWithoutAddress()
    {
        if (_parent is null)
            return "/";

        var text = new StringBuilder();
        Append(text);
        return text.ToString();
    }

    public string ToStringWithUid() => Uid == 0 ? ToString() : $"{this}#{Uid}";

    public string ToSerializationFormat() => ToStringWithUid();

    public override string ToString() => Address + ToStringWithoutAddress();

    public bool Equals(ActorPath? other)
    {
        var mine = this;
        var theirs = other;
        while (mine is not null && theirs is not null)
        {
            if (ReferenceEquals(mine, theirs))
                return true;

            if (mine.Name != theirs.Name || mine._address != theirs._address)
                return false;

            mine = mine._parent;
            theirs = theirs._parent;
        }

        return mine is null && theirs is null;
    }

    public override bool Equals(object? obj) => Equals(obj as ActorPath);

    public override int GetHashCode() => HashCode.Combine(_parent?.Name, Name);

    public int CompareTo(ActorPath? other) => other is null ? 1 : string.CompareOrdinal(ToString(), other.ToString());

    internal static ActorPath RootOf(Address address) => new RootActorPath(address);

    internal ActorPath Child(string name, long uid) => new(null, this, name, uid);

    private void Append(StringBuilder text)
    {
        if (_parent is null)
            return;

        _parent.Append(text);
        text.Append('/').Append(Name);
    }
}
