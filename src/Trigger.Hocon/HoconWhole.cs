using System.Runtime.CompilerServices;

namespace Trigger.Hocon;

/// <summary>Resolves a value and everything inside it.</summary>
internal sealed class HoconWhole(HoconResolver resolver)
{
    private readonly Dictionary<HoconNode, HoconNode?> done = new(ReferenceEqualityComparer.Instance);
    private readonly List<ConfigMistake> mistakes = [];
    private int nested;

    /// <summary>The value without substitutions; what was optional and is missing is left out.</summary>
    public HoconNode Of(HoconNode node)
    {
        var head = resolver.Head(node);
        if (head is ScalarNode or AbsentNode)
            return head;
        if (!Enter(head, node))
            return done[head]!;
        HoconNode whole = head is ArrayNode list ? List(list) : Object((ObjectNode)head);
        nested--;
        done[head] = whole;
        return whole;
    }

    /// <summary>Everything that is wrong inside a value, up to the number worth telling.</summary>
    public IReadOnlyList<ConfigMistake> MistakesIn(ObjectNode holder)
    {
        Search(holder);
        return mistakes;
    }

    private void Search(HoconNode node)
    {
        if (mistakes.Count >= ConfigLimits.Mistakes || (resolver.IsExhausted && mistakes.Count > 0))
            return;
        try
        {
            var head = resolver.Head(node);
            if (head is ArrayNode or ObjectNode && Enter(head, node))
            {
                foreach (var child in head is ArrayNode list ? list.Items : (IEnumerable<HoconNode>)((ObjectNode)head).Fields.Values)
                    Search(child);
                nested--;
                done[head] = head;
            }
        }
        catch (ConfigException mistake)
        {
            mistakes.AddRange(mistake.Mistakes);
        }
    }

    // False when it has been here before and is done.
    private bool Enter(HoconNode head, HoconNode node)
    {
        if (done.TryGetValue(head, out var whole))
            return whole is not null ? false : throw new ConfigException(node.Origin, "this value contains itself: substitutions lead in a circle (a cycle).");
        if (nested >= ConfigLimits.Chain || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new ConfigException(node.Origin, $"values are nested more than {ConfigLimits.Chain} deep.");
        done[head] = null; // Under way: meeting it again on the way down is a circle.
        nested++;
        return true;
    }

    private ArrayNode List(ArrayNode list) => new(list.Origin, [.. list.Items.Select(Of).Where(item => item is not AbsentNode)]);

    private ObjectNode Object(ObjectNode holder)
    {
        var whole = new ObjectNode(holder.Origin);
        foreach (var (name, value) in holder.Fields)
        {
            if (Of(value) is var resolved and not AbsentNode)
                whole.Fields[name] = resolved;
        }

        return whole;
    }
}
