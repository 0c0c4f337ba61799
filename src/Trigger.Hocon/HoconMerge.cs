namespace Trigger.Hocon;

/// <summary>Assigns a second value to a key: objects merge, everything else is replaced, and what depends on a substitution waits in layers.</summary>
internal static class HoconMerge
{
    /// <summary>Merges into an object that nobody else holds yet.</summary>
    /// <param name="target">Changed in place.</param>
    /// <param name="key">The field.</param>
    /// <param name="value">Takes precedence over what the field holds.</param>
    /// <param name="path">Where the field stands from the root, or null inside a list, where no substitution can point.</param>
    public static void Put(ObjectNode target, string key, HoconNode value, IReadOnlyList<string>? path)
    {
        if (!target.Fields.TryGetValue(key, out var earlier))
        {
            target.Fields[key] = value;
            return;
        }

        if (earlier is ObjectNode into && value is ObjectNode from)
        {
            foreach (var (name, child) in from.Fields)
                Put(into, name, child, Below(path, name));
            return;
        }

        target.Fields[key] = Over(earlier, value, path);
    }

    /// <summary>The merge of two values, leaving both as they are.</summary>
    public static HoconNode Over(HoconNode lower, HoconNode upper, IReadOnlyList<string>? path) => (lower, upper) switch
    {
        (ObjectNode below, ObjectNode above) => Objects(below, above, path),
        (_, ScalarNode) => upper,
        (_, ArrayNode above) => Rebind(above, lower, path),
        (ScalarNode or ArrayNode, ObjectNode) => upper,
        _ => Layers(lower, upper, path),
    };

    private static LayeredNode Layers(HoconNode lower, HoconNode upper, IReadOnlyList<string>? path)
    {
        var layers = new LayeredNode(upper.Origin, lower, Rebind(upper, lower, path), path);
        return layers.Depth <= ConfigLimits.Chain
            ? layers
            : throw new ConfigException(upper.Origin, $"this key is assigned more than {ConfigLimits.Chain} times over substitutions. Write it once.");
    }

    private static ObjectNode Objects(ObjectNode lower, ObjectNode upper, IReadOnlyList<string>? path)
    {
        var fields = new Dictionary<string, HoconNode>(lower.Fields, StringComparer.Ordinal);
        foreach (var (name, value) in upper.Fields)
            fields[name] = fields.TryGetValue(name, out var earlier) ? Over(earlier, value, Below(path, name)) : value;
        return new ObjectNode(upper.Origin, fields);
    }

    // "a = ${a} [2]" means what a was before this assignment. Only the value itself and list elements are rebound: a field inside
    // an object has its own path, and its substitutions look at the finished tree.
    private static HoconNode Rebind(HoconNode node, HoconNode earlier, IReadOnlyList<string>? path)
    {
        if (path is null)
            return node;
        return node switch
        {
            SubstitutionNode { Earlier: null } wanted when StartsWith(wanted.Path, path) =>
                wanted with { Earlier = earlier, Path = [.. wanted.Path.Skip(path.Count)] },
            ConcatenationNode joined when joined.Pieces.Any(MayRefer) =>
                joined with { Pieces = [.. joined.Pieces.Select(piece => Rebind(piece, earlier, path))] },
            ArrayNode list when list.Items.Any(MayRefer) =>
                list with { Items = [.. list.Items.Select(item => Rebind(item, earlier, path))] },
            LayeredNode layers =>
                layers with { Lower = Rebind(layers.Lower, earlier, path), Upper = Rebind(layers.Upper, earlier, path) },
            _ => node,
        };
    }

    private static bool MayRefer(HoconNode node) => node is SubstitutionNode or ConcatenationNode or ArrayNode or LayeredNode;

    private static bool StartsWith(IReadOnlyList<string> path, IReadOnlyList<string> start)
    {
        if (path.Count < start.Count)
            return false;
        for (var i = 0; i < start.Count; i++)
        {
            if (path[i] != start[i])
                return false;
        }

        return true;
    }

    internal static IReadOnlyList<string>? Below(IReadOnlyList<string>? path, string name) => path is null ? null : [.. path, name];
}
