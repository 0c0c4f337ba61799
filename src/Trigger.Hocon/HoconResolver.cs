using System.Text;

namespace Trigger.Hocon;

/// <summary>
/// Looks behind substitutions, one value at a time: asking for one platform does not resolve forty others. Not safe for several threads; <see cref="Config"/>
/// holds a lock around it.
/// </summary>
internal sealed class HoconResolver(ObjectNode root, Func<string, string?>? environment)
{
    private readonly Dictionary<HoconNode, HoconNode> known = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<HoconNode> underWay = new(ReferenceEqualityComparer.Instance);
    private readonly List<HoconNode> trail = []; // The same nodes in the order in which they led to one another.
    private int nested;
    private long work;

    public ObjectNode Root => root;

    /// <summary>The value as a scalar, a list, an object, or absent. What lies inside a list or an object is left as it was written.</summary>
    public HoconNode Head(HoconNode node)
    {
        if (node is ScalarNode or ArrayNode or ObjectNode or AbsentNode or BlankNode)
            return node;
        if (known.TryGetValue(node, out var head))
            return head;
        if (trail.Count >= ConfigLimits.Chain)
            throw new ConfigException(node.Origin, $"more than {ConfigLimits.Chain} substitutions lead to one another.");
        if (!underWay.Add(node))
            throw new ConfigException(node.Origin, "this value needs itself to be known: substitutions lead in a circle.");
        trail.Add(node);
        try
        {
            return known[node] = Reduce(node);
        }
        finally
        {
            trail.RemoveAt(trail.Count - 1);
            underWay.Remove(node);
        }
    }

    /// <summary>What stands at a path below an object, or null. An optional substitution without a target counts as not there.</summary>
    public HoconNode? Find(HoconNode from, IReadOnlyList<string> path)
    {
        var here = Head(from);
        foreach (var segment in path)
        {
            if (here is not ObjectNode holder || !holder.Fields.TryGetValue(segment, out var next))
                return null;
            here = Head(next);
        }

        return here is AbsentNode ? null : here;
    }

    /// <summary>The value with everything inside it resolved too.</summary>
    public HoconNode Whole(HoconNode node) => Whole(node, new Dictionary<HoconNode, HoconNode?>(ReferenceEqualityComparer.Instance));

    private HoconNode Whole(HoconNode node, Dictionary<HoconNode, HoconNode?> done)
    {
        var head = Head(node);
        if (head is ScalarNode or AbsentNode)
            return head;
        if (done.TryGetValue(head, out var whole))
            return whole ?? throw new ConfigException(node.Origin, "this value contains itself.");
        if (nested >= ConfigLimits.Chain)
            throw new ConfigException(node.Origin, $"values are nested more than {ConfigLimits.Chain} deep.");
        done[head] = null; // Under way: meeting it again on the way down is a circle.
        nested++;
        try
        {
            whole = head is ArrayNode list ? WholeList(list, done) : WholeObject((ObjectNode)head, done);
        }
        finally
        {
            nested--;
        }

        return (done[head] = whole)!;
    }

    private ArrayNode WholeList(ArrayNode list, Dictionary<HoconNode, HoconNode?> done) =>
        new(list.Origin, [.. list.Items.Select(item => Whole(item, done)).Where(item => item is not AbsentNode)]);

    private ObjectNode WholeObject(ObjectNode holder, Dictionary<HoconNode, HoconNode?> done)
    {
        var whole = new ObjectNode(holder.Origin);
        foreach (var (name, value) in holder.Fields)
        {
            if (Whole(value, done) is var resolved and not AbsentNode)
                whole.Fields[name] = resolved;
        }

        return whole;
    }

    private HoconNode Reduce(HoconNode node) => node switch
    {
        SubstitutionNode wanted => Substitute(wanted),
        ConcatenationNode joined => Join(joined),
        LayeredNode layers => Flatten(layers),
        _ => node,
    };

    private HoconNode Substitute(SubstitutionNode wanted)
    {
        if (NamesItsOwnField(wanted))
            return new AbsentNode(wanted.Origin);
        if (Find(wanted.Earlier ?? root, wanted.Path) is { } found)
            return found;
        if (wanted.Earlier is null && environment?.Invoke(string.Join('.', wanted.Path)) is { } text)
            return new ScalarNode(wanted.Origin, text, Quoted: true);
        return wanted.Optional
            ? new AbsentNode(wanted.Origin)
            : throw new ConfigException(wanted.Origin, $"{wanted.Written} leads nowhere: no such key. Write ${{?…}} when it may be missing.");
    }

    // "a = ${?a} [x]" with no earlier a: the field looks at itself and there is nothing to see.
    private bool NamesItsOwnField(SubstitutionNode wanted)
    {
        if (!wanted.Optional || wanted.Earlier is not null || trail.Count < 2)
            return false;
        HoconNode here = root;
        foreach (var segment in wanted.Path)
        {
            if (here is not ObjectNode holder || !holder.Fields.TryGetValue(segment, out var next))
                return false;
            here = next;
        }

        return ReferenceEquals(here, trail[^2]);
    }

    private HoconNode Flatten(LayeredNode layers)
    {
        var upper = Head(layers.Upper);
        if (upper is ScalarNode or ArrayNode)
            return upper;
        var lower = Head(layers.Lower);
        if (upper is AbsentNode)
            return lower;
        return lower is ObjectNode below ? Merged(below, (ObjectNode)upper, layers.Path) : upper;
    }

    private ObjectNode Merged(ObjectNode lower, ObjectNode upper, IReadOnlyList<string>? path)
    {
        Spend((long)ConfigLimits.MergedField * (lower.Fields.Count + upper.Fields.Count + 1), upper.Origin);
        return (ObjectNode)HoconMerge.Over(lower, upper, path);
    }

    private HoconNode Join(ConcatenationNode joined)
    {
        var pieces = joined.Pieces.Select(Head).Where(piece => piece is not AbsentNode).ToList();
        var values = pieces.FindAll(piece => piece is not BlankNode);
        if (values.Count == 0)
            return new AbsentNode(joined.Origin);
        if (values.Find(value => value.GetType() != values[0].GetType()) is { } odd)
            throw new ConfigException(odd.Origin, $"{values[0].Kind} and {odd.Kind} cannot be written one after another.");
        return values[0] switch
        {
            ObjectNode => values.Cast<ObjectNode>().Aggregate((lower, upper) => Merged(lower, upper, path: null)),
            ArrayNode => JoinLists(joined, values),
            _ => JoinText(joined, pieces),
        };
    }

    private ArrayNode JoinLists(ConcatenationNode joined, List<HoconNode> lists)
    {
        var items = new List<HoconNode>();
        foreach (var list in lists.Cast<ArrayNode>())
        {
            Spend(list.Items.Count, joined.Origin);
            items.AddRange(list.Items);
        }

        return new ArrayNode(joined.Origin, items);
    }

    private ScalarNode JoinText(ConcatenationNode joined, List<HoconNode> pieces)
    {
        var text = new StringBuilder();
        foreach (var piece in pieces)
        {
            var part = piece is BlankNode blank ? blank.Text : ((ScalarNode)piece).Text;
            Spend(part.Length, joined.Origin);
            text.Append(part);
        }

        // "null" joined with nothing is still null; anything joined with a second value is text.
        return new ScalarNode(joined.Origin, text.ToString(), pieces is not [ScalarNode { Quoted: false }]);
    }

    private void Spend(long amount, ConfigOrigin where)
    {
        work += amount;
        if (work > ConfigLimits.Work)
            throw new ConfigException(where, "the substitutions of this configuration multiply without end.");
    }
}
