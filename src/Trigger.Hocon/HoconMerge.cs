namespace Trigger.Hocon;

/// <summary>Assigns a second value to a key: objects merge, everything else is replaced, and what depends on a substitution waits in layers.</summary>
internal static class HoconMerge
{
    /// <summary>Merges into an object that nobody else holds yet, while a text is read.</summary>
    /// <param name="target">Changed in place.</param>
    /// <param name="key">The field.</param>
    /// <param name="value">Takes precedence over what the field holds.</param>
    public static void Put(ObjectNode target, string key, HoconNode value) =>
        target.Fields[key] = target.Fields.TryGetValue(key, out var earlier) ? Pour(earlier, value) : value;

    /// <summary>The merge of two values, leaving both as they are.</summary>
    public static HoconNode Over(HoconNode lower, HoconNode upper) => (lower, upper) switch
    {
        (_, ScalarNode or ObjectNode { HidesLower: true }) => upper,
        (_, ArrayNode { IsSettled: true }) => upper,
        (ObjectNode below, ObjectNode above) => Objects(below, above),
        (ScalarNode or ArrayNode, ObjectNode above) => new ObjectNode(above.Origin, above.Fields, hidesLower: true),
        (AbsentNode, _) => upper,
        _ => new LayeredNode(upper.Origin, [.. Layers(lower), .. Layers(upper)]),
    };

    // As Over, but what the parser has just built may be changed in place: n lines of one key must not copy n times.
    private static HoconNode Pour(HoconNode earlier, HoconNode value)
    {
        switch (earlier, value)
        {
            case (ObjectNode into, ObjectNode { HidesLower: false } from):
                foreach (var (name, child) in from.Fields)
                    Put(into, name, child);
                return into;

            case (ArrayNode list, AppendNode more) when more.Items.TrueForAll(item => item.IsSettled):
                list.Items.AddRange(more.Items);
                return list;

            case (AppendNode list, AppendNode more) when more.Items.TrueForAll(item => item.IsSettled):
                list.Items.AddRange(more.Items);
                return list;

            case (LayeredNode layers, ObjectNode { HidesLower: false }) when layers.Top is ObjectNode:
            case (LayeredNode, AppendNode):
                var pile = (LayeredNode)earlier;
                if (Pour(pile.Top, value) is LayeredNode two)
                    pile.Layers.Add(two.Top);
                return pile;

            case (LayeredNode layers, SubstitutionNode or ConcatenationNode or ObjectNode { HidesLower: false }):
                layers.Layers.Add(value);
                return layers;

            default:
                return Over(earlier, value);
        }
    }

    private static List<HoconNode> Layers(HoconNode node) => node is LayeredNode layered ? layered.Layers : [node];

    private static ObjectNode Objects(ObjectNode lower, ObjectNode upper)
    {
        var fields = new HoconFields(lower.Fields);
        foreach (var (name, value) in upper.Fields)
            fields[name] = fields.TryGetValue(name, out var earlier) ? Over(earlier, value) : value;
        return new ObjectNode(upper.Origin, fields, lower.HidesLower);
    }
}
