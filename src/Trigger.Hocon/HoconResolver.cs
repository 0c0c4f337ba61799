using System.Runtime.CompilerServices;

namespace Trigger.Hocon;

/// <summary>
/// Looks behind substitutions, one value at a time: asking for one platform does not resolve forty others. Not safe for several threads; <see cref="Config"/>
/// holds a lock around it.
/// </summary>
/// <remarks>
/// A key that is assigned twice over a substitution is a pile of layers. While a layer is being resolved, whoever looks at the key sees only the layers beneath
/// it: that is how <c>path = ${path}":/bin"</c> means what path was before, also when it leads through other keys.
/// </remarks>
internal sealed class HoconResolver(ObjectNode root, Func<string, string?>? environment, long size)
{
    private readonly Dictionary<HoconNode, HoconNode> known = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<HoconNode, Visit> underWay = new(ReferenceEqualityComparer.Instance);
    private long work;

    public ObjectNode Root => root;

    /// <summary>More work was asked for than a configuration of this size may need; every further merge would only say so again.</summary>
    public bool IsExhausted => work > ConfigLimits.Work + (size * ConfigLimits.WorkPerCharacter);

    /// <summary>The value as a scalar, a list, an object, or absent. What lies inside a list or an object is left as it was written.</summary>
    public HoconNode Head(HoconNode node)
    {
        if (node is ScalarNode or ArrayNode or ObjectNode or AbsentNode or BlankNode)
            return node;
        if (known.TryGetValue(node, out var head))
            return head;
        return underWay.TryGetValue(node, out var visit) ? LookBack(node, visit) : Visited(node);
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

    private HoconNode Visited(HoconNode node)
    {
        if (underWay.Count >= ConfigLimits.Chain || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new ConfigException(node.Origin, $"more than {ConfigLimits.Chain} substitutions lead to one another.");
        var visit = new Visit(underWay.Count);
        underWay.Add(node, visit);
        try
        {
            var value = node switch
            {
                SubstitutionNode wanted => Substitute(wanted),
                ConcatenationNode joined => Join(joined),
                AppendNode append => new ArrayNode(append.Origin, append.Items),
                LayeredNode layers => Flatten(layers, layers.Layers.Count, visit),
                _ => node,
            };
            return visit.IsProvisional ? value : known[node] = value;
        }
        finally
        {
            underWay.Remove(node);
        }
    }

    private HoconNode LookBack(HoconNode node, Visit visit)
    {
        if (node is not LayeredNode layers || visit.Layer == 0)
            throw new CycleException(node, visit.Position);
        var layer = visit.Layer;
        try
        {
            return Flatten(layers, layer, visit);
        }
        finally
        {
            visit.Layer = layer;
        }
    }

    private HoconNode Substitute(SubstitutionNode wanted)
    {
        ConfigException? trouble = null;
        try
        {
            if (Target(wanted) is { } found)
                return found;
        }
        catch (CycleException cycle) when (!cycle.IsDecided)
        {
            // The substitution that closes a circle decides: an optional one is then not there, any other makes the whole circle a mistake.
            cycle.IsDecided = true;
            trouble = cycle;
        }

        if (FromEnvironment(wanted) is { } outside)
            return outside;
        return wanted.Optional
            ? new AbsentNode(wanted.Origin)
            : throw trouble ?? new ConfigException(wanted.Origin, $"{wanted.Written} leads nowhere: no such key. Write ${{?…}} when it may be missing.");
    }

    private HoconNode? Target(SubstitutionNode wanted) =>
        (wanted.Within.Count > 0 ? Find(root, [.. wanted.Within, .. wanted.Path]) : null) ?? Find(root, wanted.Path);

    private HoconNode? FromEnvironment(SubstitutionNode wanted)
    {
        if (environment is null)
            return null;
        var name = string.Join('.', wanted.Path);
        if (!wanted.EnvironmentList)
            return environment(name) is { } text ? new ScalarNode(wanted.Origin, text, quoted: true) : null;
        var items = new List<HoconNode>();
        while (items.Count < short.MaxValue && environment($"{name}_{items.Count}") is { } item)
            items.Add(new ScalarNode(wanted.Origin, item, quoted: true));
        return items.Count > 0 ? new ArrayNode(wanted.Origin, items) : null;
    }

    // From the top down: objects merge until something that is no object ends the search; appended elements wait for the list beneath them.
    private HoconNode Flatten(LayeredNode pile, int count, Visit visit)
    {
        HoconNode? value = null;
        List<HoconNode> appended = [];
        for (var i = count - 1; i >= 0 && value is null or ObjectNode { HidesLower: false }; i--)
        {
            visit.Layer = i;
            if (pile.Layers[i] is AppendNode more)
            {
                if (value is not null)
                    break;
                appended.InsertRange(0, more.Items.Select(Settled));
                Spend(appended.Count / 64, more.Origin);
                continue;
            }

            var layer = Layer(pile, i, visit);
            if (layer is AbsentNode)
                continue;
            if (appended.Count > 0)
                return Appended(layer, appended);
            if (value is not null && layer is not ObjectNode)
                break;
            value = value is ObjectNode upper ? Merged((ObjectNode)layer, upper) : layer is ArrayNode ? Settled(layer) : layer;
        }

        return value ?? (appended.Count > 0 ? new ArrayNode(pile.Origin, appended) : new AbsentNode(pile.Origin));
    }

    // a = 1, b = ${a}, a = ${b}: asked for b, we come back to b through a's upper layer. The circle is broken where there is something to look back to.
    private HoconNode Layer(LayeredNode pile, int index, Visit visit)
    {
        try
        {
            return Head(pile.Layers[index]);
        }
        catch (CycleException cycle) when (index > 0 && cycle.Position < visit.Position)
        {
            visit.IsProvisional = true;
            return new AbsentNode(pile.Origin);
        }
    }

    private ArrayNode Appended(HoconNode lower, List<HoconNode> items)
    {
        var list = HoconJoin.AsList(lower) ?? throw new ConfigException(items[0].Origin, $"{lower.Kind} and a list cannot be written one after another: += needs a list before it.");
        Spend(list.Items.Count + items.Count, lower.Origin);
        return new ArrayNode(lower.Origin, [.. list.Items.Select(Settled), .. items]);
    }

    // A list over an earlier value is resolved inside too while the layers beneath it are what its elements see.
    private HoconNode Settled(HoconNode node) => node.IsSettled ? node : new HoconWhole(this).Of(node);

    private ObjectNode Merged(ObjectNode lower, ObjectNode upper)
    {
        Spend((long)ConfigLimits.MergedField * (lower.Fields.Count + upper.Fields.Count + 1), upper.Origin);
        return (ObjectNode)HoconMerge.Over(lower, upper);
    }

    private HoconNode Join(ConcatenationNode joined)
    {
        var pieces = joined.Pieces.Select(Head).Where(piece => piece is not AbsentNode).ToList();
        var values = pieces.FindAll(piece => piece is not BlankNode);
        if (pieces.Count == 0)
            return new AbsentNode(joined.Origin);
        HoconJoin.Agree(values);
        if (values.Exists(value => value is ArrayNode))
            return JoinLists(joined, values);
        return values.Count > 0 && values[0] is ObjectNode
            ? values.Cast<ObjectNode>().Aggregate(Merged)
            : JoinText(joined, pieces);
    }

    private ArrayNode JoinLists(ConcatenationNode joined, List<HoconNode> lists)
    {
        var items = new List<HoconNode>();
        foreach (var list in lists.Select(list => HoconJoin.AsList(list)!))
        {
            Spend(list.Items.Count, joined.Origin);
            items.AddRange(list.Items);
        }

        return new ArrayNode(joined.Origin, items);
    }

    private ScalarNode JoinText(ConcatenationNode joined, List<HoconNode> pieces)
    {
        Spend(pieces.Sum(piece => piece is BlankNode blank ? blank.Text.Length : (long)((ScalarNode)piece).Text.Length), joined.Origin);

        // "null" joined with nothing is still null; anything joined with a second value is text.
        return new ScalarNode(joined.Origin, HoconJoin.Text(pieces), quoted: pieces is not [ScalarNode { Quoted: false }]);
    }

    private void Spend(long amount, ConfigOrigin where)
    {
        work += amount;
        if (IsExhausted)
            throw new ConfigException(where, "the substitutions of this configuration multiply without end.");
    }

    /// <summary>A node between the beginning and the end of its resolution.</summary>
    /// <param name="Position">How many nodes led here.</param>
    private sealed record Visit(int Position)
    {
        /// <summary>Of a pile: the layer that is being resolved.</summary>
        public int Layer { get; set; }

        /// <summary>The value holds only for whoever asked in the middle of a circle, and must not be remembered.</summary>
        public bool IsProvisional { get; set; }
    }
}
